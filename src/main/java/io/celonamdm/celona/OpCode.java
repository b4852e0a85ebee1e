package io.celonamdm.celona;

import java.util.List;

/**
 * What activation-from-file does. The order of the names and the columns are those of the successful samples of "Bulk
 * Device Activation and Device Group Assignment API".
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

    /** Whether the eSIM gets activated. */
    public boolean activates() {
        return this != DG_ASSIGN;
    }

    /** Whether the device is put into its group. */
    public boolean groups() {
        return this != ACTIVATE;
    }
}
