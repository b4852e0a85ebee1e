package io.celonamdm.celona;

import io.celonamdm.esim.Eid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The CSV of assign-eid, as "Celona eSIM Lifecycle Management" describes it. */
public final class AssignCsv {

    private AssignCsv() {}

    /**
     * The CSV's rows, header first: {@code EID,Name}, and {@code ICCID} if any device requests a particular eSIM.
     *
     * @throws IllegalArgumentException if an EID comes twice: each row costs an eSIM
     */
    public static List<List<String>> rows(List<AssignRow> devices) {
        boolean withIccid = devices.stream().anyMatch(device -> device.iccid() != null);
        List<List<String>> rows = new ArrayList<>();
        rows.add(withIccid ? List.of("EID", "Name", "ICCID") : List.of("EID", "Name"));
        Set<Eid> sent = new HashSet<>();
        for (AssignRow device : devices) {
            if (!sent.add(device.eid())) {
                throw new IllegalArgumentException("EID " + device.eid().shortened() + " comes twice in one CSV");
            }
            rows.add(
                    withIccid
                            ? List.of(device.eid().value(), device.name(), iccid(device))
                            : List.of(device.eid().value(), device.name()));
        }
        return rows;
    }

    private static String iccid(AssignRow device) {
        return device.iccid() == null ? "" : device.iccid().value();
    }
}
