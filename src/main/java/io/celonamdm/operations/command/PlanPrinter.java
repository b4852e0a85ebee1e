package io.celonamdm.operations.command;

import io.celonamdm.planning.PreviewReport;
import io.celonamdm.planning.PreviewReport.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Prints what a run would do, device by device. */
final class PlanPrinter {
    private static final String[] HEADER = {"eid", "mdm name", "serial", "outcome", "reason", "name", "group", "iccid"};

    private PlanPrinter() {}

    static void print(PreviewReport plan, boolean csv, PrintStream out) {
        List<String[]> rows = plan.rows().stream().map(PlanPrinter::cells).toList();
        if (csv) {
            csv(rows, out);
        } else {
            table(rows, out);
        }
        out.flush();
    }

    private static String[] cells(Row row) {
        return new String[] {
            row.eid(),
            row.mdmName(),
            row.serialNumber(),
            row.outcome(),
            row.reason(),
            row.name(),
            Objects.requireNonNullElse(row.group(), ""),
            Objects.requireNonNullElse(row.givenIccid(), "")
        };
    }

    private static void csv(List<String[]> rows, PrintStream out) {
        try {
            CSVPrinter printer = new CSVPrinter(
                    out, CSVFormat.DEFAULT.builder().setHeader(HEADER).get());
            for (String[] row : rows) {
                printer.printRecord((Object[]) row);
            }
            printer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void table(List<String[]> rows, PrintStream out) {
        int[] widths = new int[HEADER.length];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = rows.stream().mapToInt(row -> row[at].length()).reduce(HEADER[column].length(), Math::max);
        }
        line(HEADER, widths, out);
        rows.forEach(row -> line(row, widths, out));
    }

    private static void line(String[] cells, int[] widths, PrintStream out) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            line.append(cells[column]).append(" ".repeat(widths[column] - cells[column].length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }
}
