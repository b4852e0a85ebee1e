package io.celonamdm.platform.csv;

import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.device.FleetReport;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.platform.csv.RowReader.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes the outcome of each row of a file for a spreadsheet. */
final class ResultFile {
    /** The suffix of a result's name. */
    static final String SUFFIX = ".result.csv";

    private static final int CHUNK = 500;
    private static final String LEFT_OUT = "LEFT_OUT";
    private static final String UNCONFIRMED =
            "the eSIM is active at Celona, and the device has not been seen with it yet";
    private static final String[] HEADER = {
        "Row", "EID", "Name", "Serial number", "State", "Step", "Code", "Reason", "ICCID"
    };

    private final FleetReport report;
    private final EidCheck check;

    ResultFile(FleetReport report, EidCheck check) {
        this.report = report;
        this.check = check;
    }

    /**
     * Writes the result of a file beside it, if it has changed.
     *
     * @return whether every row is final
     */
    boolean write(CsvFile file) throws IOException {
        boolean[] ended = {true};
        SafeFile.write(beside(file.stamp().path()), out -> {
            try (CSVPrinter cells = printer(out, file.separator());
                    Rows rows = file.rows()) {
                RowReader reader = new RowReader(file);
                List<Row> chunk = new ArrayList<>();
                while (rows.hasNext()) {
                    chunk.add(rows.next());
                    if (chunk.size() == CHUNK || !rows.hasNext()) {
                        ended[0] &= print(cells, reader, chunk);
                        chunk.clear();
                    }
                }
            }
        });
        return ended[0];
    }

    /** Writes why a file was rejected. */
    static void refuse(Path file, String reason) throws IOException {
        SafeFile.write(beside(file), out -> {
            try (CSVPrinter cells = printer(out, ',')) {
                cells.printRecord("", "", "", "", "REJECTED", "", "FILE_UNREADABLE", Cells.of(reason), "");
            }
        });
    }

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    private static CSVPrinter printer(OutputStream out, char separator) throws IOException {
        OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // without the mark, Excel reads it as Windows-1252
        text.write('\uFEFF');
        return new CSVPrinter(
                text,
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(separator)
                        .setHeader(HEADER)
                        .get());
    }

    private boolean print(CSVPrinter cells, RowReader reader, List<Row> rows) throws IOException {
        List<String> eids = rows.stream()
                .flatMap(row -> reader.eid(row).stream())
                .map(eid -> eid.value())
                .toList();
        Map<String, FleetReport.Row> known = report.of(eids);
        boolean ended = true;
        for (Row row : rows) {
            FleetReport.Row standing =
                    reader.eid(row).map(eid -> known.get(eid.value())).orElse(null);
            Finding finding = reader.finding(row, check).orElse(null);
            boolean leftOut = finding != null && finding.leftOut();
            ended &= leftOut || (standing != null && standing.isDone());
            cells.print(row.line());
            cells.print(Cells.number(reader.value(row, Field.EID)));
            cells.print(Cells.of(reader.value(row, Field.NAME)));
            cells.print(Cells.of(reader.value(row, Field.SERIAL_NUMBER)));
            for (String cell : finding != null && finding.leftOut() ? leftOut(finding) : stands(standing, finding)) {
                cells.print(Cells.of(cell));
            }
            cells.println();
        }
        return ended;
    }

    private static List<String> leftOut(Finding finding) {
        return List.of(LEFT_OUT, "", finding.code().name(), finding.reason(), "");
    }

    /** State, step, code, reason and ICCID of a device; a finding appears if there is nothing else to report. */
    private static List<String> stands(FleetReport.@Nullable Row standing, @Nullable Finding finding) {
        if (standing == null) {
            return List.of("", "", "", "", "");
        }
        String code = standing.code();
        String reason = standing.isUnconfirmed() ? UNCONFIRMED : standing.reason();
        if (code == null && finding != null) {
            code = finding.code().name();
            reason = finding.reason();
        }
        return List.of(
                standing.state(),
                standing.step(),
                code == null ? "" : code,
                reason == null ? "" : reason,
                Cells.number(standing.iccid() == null ? null : standing.iccid().value()));
    }
}
