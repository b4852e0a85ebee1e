package io.celonamdm.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reports a run of the crash suite as a table in {@code target/crash-report.md}. */
final class CrashReport {
    private static final Path FILE = Path.of("target", "crash-report.md");

    private final List<String> lines = new ArrayList<>();
    private final long begin = System.nanoTime();
    private int deaths;

    CrashReport(long seed) {
        lines.add("Seed " + seed);
        lines.add("");
        lines.add("| # | the process died at | in doubt | next process: from its start to the end of the night |");
        lines.add("| --- | --- | --- | --- |");
    }

    /** One death, and how the next process went on. */
    void add(String what, int doubtful, Duration recovery) {
        add(what, doubtful, "%.1f s".formatted(recovery.toMillis() / 1000.0));
    }

    /** One death, after which the next process died as well. */
    void add(String what, int doubtful) {
        add(what, doubtful, "died");
    }

    private void add(String what, int doubtful, String next) {
        deaths++;
        lines.add("| %d | %s | %d | %s |".formatted(deaths, what, doubtful, next));
        write();
    }

    /** For how long the suite has been running. */
    Duration duration() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The end of it all. */
    void end(int devices, String places) {
        lines.add("");
        lines.add("%d deaths in %d minutes. %d devices in the end: %s. No EID has two eSIMs."
                .formatted(deaths, duration().toMinutes(), devices, places));
        write();
    }

    /** Writes what there is so far, so that it is there as well if the suite is broken off. */
    private void write() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
