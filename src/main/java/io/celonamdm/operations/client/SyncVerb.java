package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is asked of a whole sync: {@code run}, {@code plan}, {@code pause}, {@code resume}, {@code release}, {@code approve}. */
abstract class SyncVerb extends OfSync {
    final void ask(Remote connector, Map<String, @Nullable Object> body) {
        show(connector.post(at("/syncs"), body, Shape.one("name", "state")), answer -> {
            Fields its = answer.object();
            out().println("%s is %s%s"
                    .formatted(
                            its.textOrEmpty("name"),
                            its.textOrEmpty("state"),
                            its.has("openRun") ? ", run " + its.textOrEmpty("openRun") + " is open" : ""));
        });
    }

    /** One that needs a reason; its name is the action. */
    abstract static class Explained extends SyncVerb {
        @Mixin
        Why why = new Why();

        @Override
        void carryOut(Remote connector) {
            ask(connector, Map.of("action", spec.name(), "reason", why.reason));
        }
    }

    /** One that may have a reason; its name is the action. */
    abstract static class Unexplained extends SyncVerb {
        @Option(names = "--reason", paramLabel = "WHY", description = "goes into the audit")
        @Nullable
        String reason;

        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> body = new TreeMap<>();
            body.put("action", spec.name());
            body.put("reason", reason);
            ask(connector, body);
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

        @Mixin
        Why why = new Why();

        @Override
        void carryOut(Remote connector) {
            ask(connector, Map.of("action", "approve", "plan", plan, "count", count, "reason", why.reason));
        }
    }
}
