package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked of a whole sync: {@code run}, {@code plan}, {@code pause}, {@code resume}, {@code release}, {@code approve}. */
abstract class SyncVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SYNC", description = "the sync")
    String sync = "";

    final void ask(Remote connector, Map<String, @Nullable Object> body) {
        show(connector.post("/syncs/" + Remote.encoded(sync), body), answer -> {
            Fields its = answer.object();
            out().println("%s is %s%s"
                    .formatted(
                            its.textOrEmpty("name"),
                            its.textOrEmpty("state"),
                            its.has("openRun") ? ", run " + its.textOrEmpty("openRun") + " is open" : ""));
        });
    }

    /** A verb that takes a reason for the audit, or none. */
    abstract static class Plain extends SyncVerb {
        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> body = new TreeMap<>();
            body.put("action", spec.name());
            body.put("reason", reason());
            ask(connector, body);
        }

        abstract @Nullable String reason();
    }

    /** One that a reason is required for. */
    abstract static class Explained extends Plain {
        @Option(names = "--reason", required = true, paramLabel = "WHY", description = "goes into the audit")
        String reason = "";

        @Override
        String reason() {
            return reason;
        }
    }

    /** One without a reason. */
    abstract static class Unexplained extends Plain {
        @Option(names = "--reason", paramLabel = "WHY", description = "goes into the audit")
        @Nullable
        String reason;

        @Override
        @Nullable
        String reason() {
            return reason;
        }
    }

    /** {@code run}. */
    @Command(name = "run", description = "opens a run")
    static final class Run extends Unexplained {}

    /** {@code plan}. */
    @Command(name = "plan", description = "opens a run that ends after the plan")
    static final class Plan extends Unexplained {}

    /** {@code pause}. */
    @Command(name = "pause", description = "stops calls that write, until resume")
    static final class Pause extends Explained {}

    /** {@code resume}. */
    @Command(name = "resume", description = "resumes a paused sync, or one whose run was cancelled")
    static final class Resume extends Explained {}

    /** {@code release}. */
    @Command(name = "release", description = "ends a quarantine before a probe does")
    static final class Release extends Explained {}

    /** {@code approve}. */
    @Command(name = "approve", description = "carries out the plan of a run exactly as it was made")
    static final class Approve extends SyncVerb {
        @Option(names = "--plan", required = true, paramLabel = "RUN", description = "the run of the plan; see status")
        long plan;

        @Option(names = "--count", required = true, paramLabel = "DEVICES", description = "its number of devices")
        int count;

        @Option(names = "--reason", required = true, paramLabel = "WHY", description = "goes into the audit")
        String reason = "";

        @Override
        void carryOut(Remote connector) {
            ask(connector, Map.of("action", "approve", "plan", plan, "count", count, "reason", reason));
        }
    }
}
