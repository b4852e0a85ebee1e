package io.celonamdm.simulator.celona;

/** The operation codes of "Bulk Device Activation and Device Group Assignment API". */
enum OpCode {
    ACTIVATE_AND_DG_ASSIGN,
    ACTIVATE,
    DG_ASSIGN;

    boolean activates() {
        return this != DG_ASSIGN;
    }

    boolean groups() {
        return this != ACTIVATE;
    }
}
