package io.celonamdm.simulator.celona;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of the CSV of activation-from-file, read by position; the cluster has been ignored since release 2311.
 *
 * @param iccid the eSIM
 * @param cluster the Edge cluster
 * @param name the device's name, empty for none
 * @param group the device group, empty for the default one
 * @param simLock the SIM lock
 */
record ActivationRow(String iccid, String cluster, String name, String group, SimLock simLock) {
    private static final Pattern ICCID = Pattern.compile("[0-9]{18,20}");

    /** The row, unless it has other columns than the operation code asks for. */
    static Optional<ActivationRow> of(OpCode opCode, List<String> fields) {
        if (!ICCID.matcher(fields.get(0)).matches()) {
            return Optional.empty();
        }
        return switch (fields.size()) {
            case 3 ->
                opCode == OpCode.DG_ASSIGN
                        ? Optional.of(row(fields, "", fields.get(2), SimLock.NONE))
                        : Optional.empty();
            case 4 -> Optional.of(row(fields, fields.get(2), fields.get(3), SimLock.NONE));
            case 7 ->
                opCode.activates()
                        ? Optional.of(row(fields, fields.get(2), fields.get(3), SimLock.of(fields.subList(4, 7))))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How a failure of the whole record shows it: without the name. */
    String record() {
        return iccid + " " + cluster + " " + group;
    }

    private static ActivationRow row(List<String> fields, String name, String group, SimLock simLock) {
        return new ActivationRow(fields.get(0), fields.get(1), name, group, simLock);
    }
}
