package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs: {@code runs} and {@code cancel}. */
final class RunVerbs {
    private RunVerbs() {}

    /** {@code runs}. */
    @Command(name = "runs", description = "lists the latest runs, or shows one with its report")
    static final class Runs extends Verb {
        @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "the run's id")
        @Nullable
        Long run;

        @Option(names = "--sync", paramLabel = "SYNC", description = "only those of this sync")
        @Nullable
        String sync;

        @Option(names = "--limit", paramLabel = "N", description = "how many; default: 20")
        @Nullable
        Integer limit;

        @Override
        void carryOut(Remote connector) {
            if (run != null) {
                show(connector.get("/runs/" + run, Map.of(), Shape.one("id", "sync")), answer -> one(answer.object()));
                return;
            }
            Map<String, @Nullable Object> query = new TreeMap<>();
            query.put("sync", sync);
            query.put("limit", limit);
            show(connector.get("/runs", query, Shape.each("id", "sync")), answer -> {
                Table table = table("RUN", "SYNC", "OUTCOME", "OPENED", "CLOSED", "DONE", "DEAD LETTERS");
                for (Fields each : answer.list()) {
                    Fields report = each.object("report");
                    table.row(
                            each.textOrEmpty("id"),
                            each.textOrEmpty("sync"),
                            each.text("outcome").orElse(each.has("closedAt") ? "-" : "RUNNING"),
                            time(each, "openedAt"),
                            orDash(time(each, "closedAt")),
                            report.object("reached").textOrEmpty("done"),
                            orDash(counts(report.object("deadLetters"))));
                }
                table.print(out());
            });
        }

        private void one(Fields its) {
            Table table = table("RUN " + its.textOrEmpty("id"), its.textOrEmpty("sync"));
            table.row("outcome", its.text("outcome").orElse("RUNNING"));
            for (String name : new String[] {"code", "reason", "cause"}) {
                if (its.has(name)) {
                    table.row(name, its.textOrEmpty(name));
                }
            }
            table.row("opened", time(its, "openedAt"));
            table.row("closed", orDash(time(its, "closedAt")));
            its.object("report").map().forEach((name, value) -> {
                String text = value instanceof Map<?, ?> counted ? counts(Fields.of(counted)) : String.valueOf(value);
                if (value != null && !text.isEmpty()) {
                    table.row(words(String.valueOf(name)), text);
                }
            });
            table.print(out());
        }
    }

    /** {@code cancel}. */
    @Command(name = "cancel", description = "ends an open run; its devices stay at their steps")
    static final class Cancel extends Verb {
        @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
        long run;

        @Mixin
        Why why = new Why();

        @Override
        void carryOut(Remote connector) {
            show(
                    connector.post(
                            "/runs/" + run, Map.of("action", "cancel", "reason", why.reason), Shape.one("id", "sync")),
                    answer -> out().println(
                                    "run %d of %s is cancelled; resume, or its next run, goes on with its devices"
                                            .formatted(run, answer.object().textOrEmpty("sync"))));
        }
    }
}
