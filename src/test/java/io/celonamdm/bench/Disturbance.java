package io.celonamdm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What else the processors did since the benchmarks began: for other processes, and for other machines of the host. */
final class Disturbance {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL = 7;
    private static final List<Integer> IDLE = List.of(3, 4);

    /** Linux counts in hundredths of a second. */
    private static final double TICKS = 100;

    private static final long[] BEGIN = read();

    private Disturbance() {}

    /** The shares of all processor time; empty where Linux does not tell them. */
    static String words() {
        long[] now = read();
        if (now.length == 0 || BEGIN.length == 0) {
            return "";
        }
        double all = 0;
        double busy = 0;
        for (int i = 0; i <= STEAL; i++) {
            double spent = now[i] - BEGIN[i];
            all += spent;
            busy += IDLE.contains(i) || i == STEAL ? 0 : spent;
        }
        return String.format(
                Locale.ROOT,
                "; of the processors' time, %.0f %% went to other processes, and %.0f %% was stolen",
                100 * Math.max(0, busy - own()) / Math.max(1, all),
                100.0 * (now[STEAL] - BEGIN[STEAL]) / Math.max(1, all));
    }

    /** What this process and those that it has started have taken, in ticks. */
    private static double own() {
        double running = ProcessHandle.current()
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus)
                .toMillis();
        return running / 1000 * TICKS + ofThisAndEnded();
    }

    /** Linux adds up what the processes that this one has started had taken when they ended. */
    private static double ofThisAndEnded() {
        try {
            String[] fields = Files.readString(Path.of("/proc/self/stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ");
            return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long[] read() {
        try {
            String all = Files.readAllLines(STAT).get(0);
            return Arrays.stream(all.split(" +"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}
