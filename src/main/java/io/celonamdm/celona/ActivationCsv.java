package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The CSV of activation-from-file, as "Bulk Device Activation and Device Group Assignment API" describes it. Celona
 * reads it by position.
 */
public final class ActivationCsv {

    private ActivationCsv() {}

    /**
     * The CSV's rows, header first. If any device has a SIM lock, all rows end with its three columns: Celona wants
     * them in all rows or in none. {@code DG_ASSIGN} never has them; its table lacks them.
     *
     * @param op the op code
     * @param columns the columns in their order, such as {@link OpCode#columns()}
     * @param clusterName the value of {@link Column#CLUSTER_NAME}; Celona ignores it since release 2311
     * @param devices the devices
     * @throws IllegalArgumentException if an ICCID comes twice, or no column is the ICCID
     */
    public static List<List<String>> rows(
            OpCode op, List<Column> columns, String clusterName, List<ActivationRow> devices) {
        if (!columns.contains(Column.ICCID)) {
            throw new IllegalArgumentException("the activation CSV needs the column ICCID, not only " + columns);
        }
        boolean withSimLock = op.activates() && devices.stream().anyMatch(device -> device.simLock() != null);
        List<List<String>> rows = new ArrayList<>();
        rows.add(joined(columns.stream().map(Column::name).toList(), withSimLock ? SimLock.HEADER : List.of()));
        Set<Iccid> sent = new HashSet<>();
        for (ActivationRow device : devices) {
            if (!sent.add(device.iccid())) {
                throw new IllegalArgumentException("ICCID " + device.iccid().shortened() + " comes twice in one CSV");
            }
            List<String> fields = columns.stream()
                    .map(column -> field(column, clusterName, device))
                    .toList();
            rows.add(joined(fields, withSimLock ? simLock(device) : List.of()));
        }
        return rows;
    }

    private static String field(Column column, String clusterName, ActivationRow device) {
        return switch (column) {
            case ICCID -> device.iccid().value();
            case CLUSTER_NAME -> clusterName;
            case DEVICE_NAME -> device.name();
            case DEVICE_GROUP -> device.group();
        };
    }

    private static List<String> simLock(ActivationRow device) {
        return device.simLock() == null ? SimLock.NONE : device.simLock().fields();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
