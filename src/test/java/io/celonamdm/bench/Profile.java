package io.celonamdm.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recordings of where time and memory go, in {@code target/bench}; made if the system property bench.profile is true. */
final class Profile {
    private Profile() {}

    /** The options of a JVM that works in a folder, with those for a recording that is named after it. */
    static List<String> options(Path folder, List<String> others) {
        List<String> options = new ArrayList<>(others);
        if (Boolean.getBoolean("bench.profile")) {
            Path recording = Path.of("target", "bench", folder.getFileName() + ".jfr");
            options.add("-XX:StartFlightRecording=settings=profile,filename=" + recording.toAbsolutePath());
        }
        return options;
    }
}
