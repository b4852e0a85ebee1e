package io.celonamdm.celona;

import java.util.List;

/**
 * The operations of activation-from-file. Names and columns are in the order of the successful samples of "Bulk Device
 * Activation and Device Group Assignment API".
 */
public enum OpCode {
    /** Activates, names and groups. */
    ACTIVATE_AND_DG_ASSIGN,
    /** Activates and names. */
    ACTIVATE,
    /** Groups an eSIM that is active. */
    DG_ASSIGN;

    /** The documented columns in their order; Celona reads them by position. */
    public List<Column> columns() {
        return this == DG_ASSIGN
                ? List.of(Column.ICCID, Column.CLUSTER_NAME, Column.DEVICE_GROUP)
                : List.of(Column.ICCID, Column.CLUSTER_NAME, Column.DEVICE_NAME, Column.DEVICE_GROUP);
    }

    /** Whether it activates the eSIM. */
    public boolean activates() {
        return this != DG_ASSIGN;
    }

    /** Whether it puts the device into its group. */
    public boolean groups() {
        return this != ACTIVATE;
    }
}
