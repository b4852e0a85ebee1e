package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dead letters: {@code dead-letters}, {@code redrive} and {@code take-back}. */
final class DeadLetterVerbs {
    private static final String ENDPOINT = "/deadletters";

    private DeadLetterVerbs() {}

    /** {@code dead-letters}. */
    @Command(name = "dead-letters", description = "lists the devices that failed for good, and why")
    static final class DeadLetters extends OfSync {
        @Option(names = "--code", paramLabel = "CODE", description = "only those with this code")
        @Nullable
        String code;

        @Option(names = "--limit", paramLabel = "N", description = "how many; default: 1000")
        @Nullable
        Integer limit;

        @Option(names = "--csv", description = "prints CSV, which redrive --file takes once it is corrected")
        boolean csv;

        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> query = new TreeMap<>();
            query.put("code", code);
            query.put("limit", limit);
            query.put("format", csv ? "csv" : null);
            Remote.Answer answer =
                    connector.get(at(ENDPOINT), query, csv ? Shape.DEAD_LETTERS_CSV : Shape.each("eid", "code"));
            if (csv) {
                out().print(answer.text());
                return;
            }
            show(answer, all -> {
                Table table = table("CODE", "STEP", "NAME", "EID", "SINCE", "REASON");
                List<Fields> letters = new ArrayList<>(all.list());
                letters.sort(Comparator.comparing((Fields each) -> each.textOrEmpty("code"))
                        .thenComparing(each -> each.textOrEmpty("name")));
                for (Fields each : letters) {
                    table.row(
                            each.textOrEmpty("code"),
                            each.textOrEmpty("step"),
                            orDash(each.textOrEmpty("name")),
                            each.textOrEmpty("eid"),
                            time(each, "firstAt"),
                            each.textOrEmpty("reason"));
                }
                table.print(out(), "no dead letters");
            });
        }
    }

    /** {@code redrive}. */
    @Command(name = "redrive", description = "returns dead letters to work, each at the step where it failed")
    static final class Redrive extends OfSync {
        @ArgGroup(multiplicity = "1")
        Which which = new Which();

        @Mixin
        Why why = new Why();

        /** Which of them; never all by mistake. */
        static final class Which {
            @ArgGroup(exclusive = false)
            @Nullable
            Named named;

            @Option(names = "--file", paramLabel = "CSV", description = "those of the rows left in a corrected export")
            @Nullable
            Path file;

            @Option(names = "--all", description = "all, except those that must be named")
            boolean all;
        }

        /** Named by code, by EID, or by both. */
        static final class Named {
            @Option(names = "--code", paramLabel = "CODE", description = "those with this code")
            @Nullable
            String code;

            @Option(names = "--eids", paramLabel = "EID,EID", description = "those of these devices")
            @Nullable
            String eids;
        }

        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> body = new TreeMap<>();
            body.put("action", which.file == null ? "redrive" : "import");
            body.put("reason", why.reason);
            if (which.named != null) {
                body.put("code", which.named.code);
                body.put("eids", which.named.eids);
            }
            if (which.file != null) {
                body.put("csv", content(which.file));
            }
            show(connector.post(at(ENDPOINT), body, Shape.one("redriven")), answer -> {
                Fields done = answer.object();
                out().println("%s redriven".formatted(done.textOrEmpty("redriven")));
                done.texts("notRead").forEach(fault -> err().println("not read: " + fault));
                done.texts("notTaken").forEach(fault -> err().println("not taken: " + fault));
            });
        }
    }

    /** {@code take-back}. */
    @Command(name = "take-back", description = "takes back devices in doubt that were given up")
    static final class TakeBack extends OfSync {
        @Parameters(
                index = "1",
                paramLabel = "adopt|release",
                description =
                        "adopt: Celona has the request; release: assigns once more, only if Celona certainly has no eSIM")
        Way way = Way.adopt;

        @Option(names = "--eids", required = true, paramLabel = "EID,EID", description = "the devices")
        String eids = "";

        @Option(names = "--request-id", paramLabel = "ID", description = "Celona's request, to adopt")
        @Nullable
        String requestId;

        @Option(names = "--address", paramLabel = "SM-DP+", description = "its address, to adopt; default: the latest")
        @Nullable
        String address;

        @Mixin
        Why why = new Why();

        /** The two ways back, in the words of the endpoint. */
        enum Way {
            adopt,
            release
        }

        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> body = new TreeMap<>();
            body.put("action", way.name());
            body.put("eids", eids);
            body.put("requestId", requestId);
            body.put("address", address);
            body.put("reason", why.reason);
            show(
                    connector.post(at(ENDPOINT), body, Shape.one("decided")),
                    answer ->
                            out().println("%s decided".formatted(answer.object().textOrEmpty("decided"))));
        }
    }
}
