package io.celonamdm.operations.command;

import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.PreflightReport;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what a preflight found: a line for each check, and below it what to do. */
final class PreflightPrinter {
    private PreflightPrinter() {}

    static void print(List<PreflightReport> reports, PrintStream out) {
        reports.forEach(report -> print(report, out));
        out.flush();
    }

    private static void print(PreflightReport report, PrintStream out) {
        out.printf("sync %s: %s%n", report.sync(), word(report.result()));
        int width = report.findings().stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(0);
        for (Finding finding : report.findings()) {
            out.printf(
                    "  %-9s  %s  %s%s%n",
                    word(finding.result()),
                    finding.check() + " ".repeat(width - finding.check().length()),
                    finding.code() == null ? "" : finding.code() + ": ",
                    finding.seen());
            if (!finding.todo().isEmpty()) {
                out.printf("             %s  -> %s%n", " ".repeat(width), finding.todo());
            }
        }
    }

    private static String word(Enum<?> result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
