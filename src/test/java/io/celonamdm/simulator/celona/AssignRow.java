package io.celonamdm.simulator.celona;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of the CSV of assign-eid.
 *
 * @param eid the device, 32 digits
 * @param name its intended name
 * @param iccid the eSIM wanted, empty for the next available one
 */
record AssignRow(String eid, String name, String iccid) {
    private static final List<String> COLUMNS = List.of("EID", "Name");
    private static final List<String> COLUMNS_WITH_ICCID = List.of("EID", "Name", "ICCID");
    private static final Pattern EID = Pattern.compile("[0-9]{32}");

    static List<AssignRow> of(UploadedCsv csv) {
        if (!csv.header().equals(COLUMNS) && !csv.header().equals(COLUMNS_WITH_ICCID)) {
            throw Refusal.malformed("Unexpected header " + csv.header());
        }
        return csv.rows().stream().map(row -> of(row, csv.header().size())).toList();
    }

    private static AssignRow of(List<String> row, int columns) {
        if (row.size() != columns) {
            throw Refusal.malformed("Row " + row + " has " + row.size() + " fields, not " + columns);
        }
        if (!EID.matcher(row.get(0)).matches()) {
            throw Refusal.malformed("EID " + row.get(0) + " has not 32 digits");
        }
        if (row.get(1).isBlank()) {
            throw Refusal.malformed("EID " + row.get(0) + " has no name");
        }
        return new AssignRow(row.get(0), row.get(1), columns == 3 ? row.get(2) : "");
    }
}
