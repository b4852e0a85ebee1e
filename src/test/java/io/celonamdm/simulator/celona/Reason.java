package io.celonamdm.simulator.celona;

/** The reasons of failures, letter for letter as in "Bulk Device Activation and Device Group Assignment API". */
final class Reason {
    static final String CORRUPTED = "Corrupted Record";
    static final String DUPLICATE = "Duplicate ICCID records in the CSV, 1st occurrence has been processed";
    static final String NO_IMSI = "No IMSI records found for the given ICCIDs";
    static final String NOT_PROVISIONED =
            "ICCID status needs to be 'Provisioned' for activation, following ICCIDs are not provisioned";
    static final String ALREADY_IN_GROUP = "Devices already are assigned to a Device Group, please reassign them first";
    static final String SIM_LOCK_INVALID = "Invalid Sim Lock Params, all sim lock fields must be specified and valid. "
            + "SimLockStatus must be Enabled/Disabled, SimLockPolicy should be IMEIMAPPING/ONATTACH when enabled, "
            + "SimLockExpectedIMEI should be empty for IMEIMAPPING and must be specified for ONATTACH";
    static final String SIM_LOCK_UNSUPPORTED =
            "Sim Lock configurations are not supported when GROUPBASEDDEVICEACTIVATION and NEWIPDOMAINWORKFLOW flags"
                    + " are disabled. SimLockStatus should be Disabled or left empty";
    static final String LOCK_REQUIRED = "DEFAULTLOCKONACTIVATION flag is enabled for the customer which means that all"
            + " the devices are required to be locked during activation.";

    private Reason() {}

    static String noSuchGroup(String group) {
        return "Device group: " + group + " doesn't exist";
    }
}
