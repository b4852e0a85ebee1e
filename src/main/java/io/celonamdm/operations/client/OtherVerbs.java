package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rules, drift, checks, channels and the ledger. */
final class OtherVerbs {
    private OtherVerbs() {}

    /** {@code preview}. */
    @Command(
            name = "preview",
            description = "shows what the rules do with the devices of the latest pull; writes nothing")
    static final class Preview extends OfSync {
        @Option(names = "--search", paramLabel = "TEXT", description = "in EID, MDM id, name, serial number or user")
        @Nullable
        String search;

        @Option(
                names = "--rules",
                paramLabel = "YAML",
                description = "a file of rules to try in place of the sync's own")
        @Nullable
        Path rules;

        @Option(names = "--limit", paramLabel = "N", description = "how many devices are listed; default: 50")
        @Nullable
        Integer limit;

        @Override
        void carryOut(Remote connector) {
            String path = at("/preview");
            Map<String, @Nullable Object> asked = new TreeMap<>();
            asked.put("q", search);
            asked.put("limit", limit);
            if (rules == null) {
                show(connector.get(path, asked, Shape.one("devices", "byOutcome")), answer -> print(answer.object()));
                return;
            }
            asked.put("rules", content(rules));
            show(connector.post(path, asked, Shape.one("devices", "byOutcome")), answer -> print(answer.object()));
        }

        private void print(Fields preview) {
            Table table = table("MDM NAME", "SERIAL", "EID", "OUTCOME", "NAME", "GROUP");
            for (Fields each : preview.list("rows")) {
                table.row(
                        each.textOrEmpty("mdmName"),
                        orDash(each.textOrEmpty("serialNumber")),
                        each.textOrEmpty("eid"),
                        each.textOrEmpty("outcome"),
                        orDash(each.textOrEmpty("name")),
                        orDash(each.textOrEmpty("group")));
            }
            table.print(out());
            err().println("%s devices: %s%s"
                    .formatted(
                            preview.textOrEmpty("devices"),
                            counts(preview.object("byOutcome")),
                            preview.has("guard")
                                    ? "; guard " + preview.textOrEmpty("guard") + " would hold the new ones back"
                                    : ""));
        }
    }

    /** {@code profile}. */
    @Command(
            name = "profile",
            description = "prints the private-network profile of a sync as it would be sent; sends nothing")
    static final class Profile extends OfSync {
        @Override
        void carryOut(Remote connector) {
            show(connector.get(at("/profile"), Map.of(), Shape.one("mobileconfig")), answer -> {
                Fields profile = answer.object();
                // alone on the output, so that it can go into a file
                out().println(profile.textOrEmpty("mobileconfig"));
                if (profile.anyText("pushed").equals("false")) {
                    err().println("%s does not send it: its mdm.push does not name profile".formatted(sync));
                }
            });
        }
    }

    /** {@code drift}. */
    @Command(name = "drift", description = "lists devices that differ from what was sent for them")
    static final class Drift extends OfSync {
        @Option(names = "--code", paramLabel = "CODE", description = "only this kind")
        @Nullable
        String code;

        @Option(names = "--limit", paramLabel = "N", description = "how many; default: 1000")
        @Nullable
        Integer limit;

        @Override
        void carryOut(Remote connector) {
            Map<String, @Nullable Object> query = new TreeMap<>();
            query.put("code", code);
            query.put("limit", limit);
            show(connector.get(at("/drift"), query, Shape.each("code", "eid")), answer -> {
                Table table = table("CODE", "EID", "SINCE", "DETAIL");
                for (Fields each : answer.list()) {
                    table.row(
                            each.textOrEmpty("code"),
                            each.textOrEmpty("eid"),
                            time(each, "since"),
                            each.textOrEmpty("detail"));
                }
                table.print(out(), "no drift");
            });
        }
    }

    /** {@code check}. */
    @Command(name = "check", description = "checks what syncs need, as --preflight does")
    static final class Check extends Verb {
        @Parameters(index = "0", arity = "0..1", paramLabel = "SYNC", description = "the sync; all if left out")
        @Nullable
        String sync;

        @Mixin
        Why why = new Why();

        @Override
        void carryOut(Remote connector) {
            String path = sync == null ? "/preflight" : "/preflight/" + Remote.encoded(sync);
            Remote.Answer answer = connector.post(path, Map.of("reason", why.reason), Shape.each("sync", "result"));
            show(answer, reports -> {
                Table table = table("SYNC", "RESULT", "CHECK", "SEEN", "TO DO");
                for (Fields report : reports.list()) {
                    for (Fields each : report.list("findings")) {
                        table.row(
                                report.textOrEmpty("sync"),
                                each.textOrEmpty("result"),
                                each.textOrEmpty("check"),
                                each.textOrEmpty("seen"),
                                each.textOrEmpty("todo"));
                    }
                }
                table.print(out());
            });
            if (answer.list().stream()
                    .anyMatch(report -> report.textOrEmpty("result").equals("FAILED"))) {
                throw VerbFailed.refused("a sync lacks what it needs", "");
            }
        }
    }

    /** {@code channels}. */
    @Command(name = "channels", description = "lists the channels of notices and what each sent last, or tests one")
    static final class Channels extends Verb {
        @Option(names = "--test", paramLabel = "CHANNEL", description = "sends a test notice by it")
        @Nullable
        String test;

        @Override
        void carryOut(Remote connector) {
            if (test != null) {
                show(
                        connector.post(
                                "/notifications/" + Remote.encoded(test),
                                Map.of("action", "test"),
                                Shape.one("channel")),
                        answer -> out().println("a test is on its way by " + test));
                return;
            }
            show(connector.get("/notifications", Map.of(), Shape.each("channel")), answer -> {
                Table table = table("CHANNEL", "TEMPLATE", "LAST TOLD", "WAITING", "FAILURE");
                for (Fields each : answer.list()) {
                    table.row(
                            each.textOrEmpty("channel"),
                            each.textOrEmpty("template"),
                            orDash(time(each, "lastTold")),
                            each.textOrEmpty("waiting"),
                            orDash(each.textOrEmpty("failure")));
                }
                table.print(out());
            });
        }
    }

    /** {@code backup}. */
    @Command(name = "backup", description = "writes a backup of the H2 ledger while it is in use")
    static final class Backup extends Verb {
        @Mixin
        Why why = new Why();

        @Override
        void carryOut(Remote connector) {
            show(
                    connector.post("/ledger", Map.of("action", "backup", "reason", why.reason), Shape.one("file")),
                    answer -> out().println("%s, %s bytes"
                            .formatted(
                                    answer.object().textOrEmpty("file"),
                                    answer.object().textOrEmpty("bytes"))));
        }
    }
}
