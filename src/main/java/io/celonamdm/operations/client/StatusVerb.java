package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import io.celonamdm.text.Invisible;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}: each sync in a line, or one in full, and what waits for a person. */
@Command(name = "status", description = "shows all syncs or one, and what waits for a person")
final class StatusVerb extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "SYNC", description = "the sync; all if left out")
    @Nullable
    String sync;

    @Override
    void carryOut(Remote connector) {
        if (sync == null) {
            show(connector.get("/syncs", Map.of(), Shape.each("name", "state")), answer -> {
                all(answer.list());
                answer.list().forEach(each -> needs(each, each.textOrEmpty("name") + ": "));
            });
        } else {
            show(
                    connector.get("/syncs/" + Remote.encoded(sync), Map.of(), Shape.one("name", "state")),
                    answer -> one(answer.object()));
        }
    }

    private void all(List<Fields> syncs) {
        Table table = table("SYNC", "STATE", "LAST RUN", "DEVICES", "NEXT RUN");
        for (Fields each : syncs) {
            table.row(
                    each.textOrEmpty("name"),
                    each.textOrEmpty("state"),
                    orDash(each.object("lastRun").textOrEmpty("outcome")),
                    orDash(counts(each.object("devices"))),
                    orDash(time(each, "nextRun")));
        }
        table.print(out());
    }

    private void one(Fields its) {
        line("sync", its.textOrEmpty("name"));
        line("state", its.textOrEmpty("state"));
        line("next run", time(its, "nextRun"));
        line("next work", time(its, "nextDue"));
        line("looks", look(its.object("look")));
        line("last good run", time(its, "lastGoodRun"));
        line("open run", its.textOrEmpty("openRun"));
        Fields last = its.object("lastRun");
        line(
                "last run",
                last.isEmpty()
                        ? ""
                        : "%s %s, ended %s"
                                .formatted(last.textOrEmpty("id"), last.textOrEmpty("outcome"), time(last, "endedAt")));
        Fields quarantine = its.object("quarantine");
        line(
                "quarantine",
                quarantine.isEmpty()
                        ? ""
                        : "%s: %s; next probe %s"
                                .formatted(
                                        quarantine.textOrEmpty("code"),
                                        quarantine.textOrEmpty("reason"),
                                        time(quarantine, "until")));
        Fields stop = its.object("stop");
        line(
                "stopped",
                stop.isEmpty()
                        ? ""
                        : "%s since %s: %s"
                                .formatted(stop.textOrEmpty("kind"), time(stop, "since"), stop.textOrEmpty("reason")));
        Fields plan = its.object("plan");
        line(
                "plan",
                plan.isEmpty()
                        ? ""
                        : "run %s, %s devices%s"
                                .formatted(
                                        plan.textOrEmpty("run"),
                                        plan.textOrEmpty("devices"),
                                        plan.has("guard") ? ", held by " + plan.textOrEmpty("guard") : ""));
        for (String counted : List.of("devices", "waiting", "waitingFor", "held", "drift", "deadLetters")) {
            line(words(counted), counts(its.object(counted)));
        }
        needs(its, "");
    }

    private static String look(Fields look) {
        if (look.isEmpty()) {
            return "";
        }
        String last = look.has("last")
                ? "last at %s, found %s".formatted(time(look, "last"), look.textOrEmpty("found"))
                : "none yet";
        return "%s; %s admitted since the night%s%s"
                .formatted(
                        last,
                        look.textOrEmpty("admittedSinceNight"),
                        look.has("code") ? "; " + look.textOrEmpty("code") + ": " + look.textOrEmpty("reason") : "",
                        look.has("next") ? "; next at " + time(look, "next") : "; it does not look now");
    }

    private void needs(Fields sync, String before) {
        for (Fields need : sync.list("needs")) {
            String devices = need.textOrEmpty("devices");
            out().println("%s%s%s: %s"
                    .formatted(
                            before,
                            devices.isEmpty() || devices.equals("0") ? "" : devices + " ",
                            need.textOrEmpty("code"),
                            need.textOrEmpty("meaning")));
            out().println("    -> " + need.textOrEmpty("todo"));
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            out().println("%-14s %s".formatted(name, Invisible.removed(value)));
        }
    }
}
