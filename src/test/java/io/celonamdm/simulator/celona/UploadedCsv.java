package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Csv;
import io.celonamdm.simulator.web.FilePart;
import io.celonamdm.simulator.web.Request;
import java.util.List;

/**
 * The CSV file of a request.
 *
 * @param header the names in the first row
 * @param rows the other rows
 */
record UploadedCsv(List<String> header, List<List<String>> rows) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static UploadedCsv of(Request request, String partName) {
        if (!request.problem().isEmpty()) {
            throw Refusal.malformed("Unreadable request: " + request.problem());
        }
        FilePart file = request.file(partName).orElseThrow(() -> Refusal.malformed("File " + partName + " is missing"));
        if (file.fileName().isBlank()) {
            throw Refusal.malformed("Part " + partName + " has no file name");
        }
        String text = file.text().orElseThrow(() -> Refusal.malformed("The file is not UTF-8"));
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw Refusal.malformed("The file starts with a byte order mark");
        }
        List<List<String>> all = Csv.rows(text).orElseThrow(() -> Refusal.malformed("The file is not a CSV"));
        if (all.isEmpty() || startsWithDigits(all.get(0))) {
            throw Refusal.malformed("The header row is missing");
        }
        if (all.size() == 1) {
            throw Refusal.malformed("The file has no rows");
        }
        return new UploadedCsv(all.get(0), all.subList(1, all.size()));
    }

    private static boolean startsWithDigits(List<String> row) {
        return row.get(0).matches("\\d+");
    }
}
