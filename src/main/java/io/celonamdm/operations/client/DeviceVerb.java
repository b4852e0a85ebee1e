package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code device}: the devices of a sync, the trace of one, and what is asked of it. */
@Command(
        name = "device",
        aliases = "devices",
        description = "lists devices of a sync, shows the trace of one, or asks something of it",
        footer = {
            "",
            "sync: its step is due now; push: pushes its eSIM once more",
            "confirm: somebody has seen the eSIM on it",
            "hold, release: keeps it at its step, and lets it go on",
            "retire: frees its eSIM, once that is deactivated at Celona and deleted on the device"
        })
final class DeviceVerb extends OfSync {
    @Parameters(index = "1", arity = "0..1", paramLabel = "EID", description = "the device")
    @Nullable
    String eid;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "sync|push|confirm|hold|release|retire",
            description = "what is asked of it")
    @Nullable
    String action;

    @Option(names = "--reason", paramLabel = "WHY", description = "goes into the audit; an action needs it")
    @Nullable
    String reason;

    @Option(
            names = "--confirm",
            paramLabel = "WORDS",
            description = "\"deactivated and deleted\", to retire: you have done both")
    @Nullable
    String confirm;

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "lists those there, such as waiting, dead, held, done")
    @Nullable
    String place;

    @Option(names = "--step", paramLabel = "STEP", description = "lists those at this step, such as push")
    @Nullable
    String step;

    @Option(names = "--code", paramLabel = "CODE", description = "lists those with this code")
    @Nullable
    String code;

    @Option(names = "--limit", paramLabel = "N", description = "how many; default: 100")
    @Nullable
    Integer limit;

    @Option(names = "--after", paramLabel = "EID", description = "the list goes on after this one")
    @Nullable
    String after;

    @Override
    void carryOut(Remote connector) {
        String path = at("/devices");
        if (eid == null) {
            Map<String, @Nullable Object> query = new TreeMap<>();
            query.put("place", place);
            query.put("step", step);
            query.put("code", code);
            query.put("limit", limit);
            query.put("after", after);
            show(connector.get(path, query, Shape.one("devices")), answer -> list(answer.object()));
            return;
        }
        path += "/" + Remote.encoded(eid);
        if (action == null) {
            show(connector.get(path, Map.of(), Shape.one("device")), answer -> trace(answer.object()));
            return;
        }
        if (reason == null) {
            throw VerbFailed.usage(action + " needs --reason, which goes into the audit", "");
        }
        Map<String, @Nullable Object> body = new TreeMap<>();
        body.put("action", action);
        body.put("reason", reason);
        body.put("confirm", confirm);
        show(connector.post(path, body, Shape.one("eid", "place")), answer -> out().println(state(answer.object())));
    }

    private void list(Fields page) {
        Table table = table("EID", "NAME", "PLACE", "STEP", "CODE", "DUE", "REASON");
        for (Fields each : page.list("devices")) {
            table.row(
                    each.textOrEmpty("eid"),
                    orDash(each.textOrEmpty("name")),
                    each.textOrEmpty("place"),
                    each.textOrEmpty("step"),
                    orDash(each.textOrEmpty("code")),
                    orDash(time(each, "dueAt")),
                    each.textOrEmpty("reason"));
        }
        if (table.isEmpty()) {
            out().println("no such devices");
            return;
        }
        table.print(out());
        page.text("after").ifPresent(last -> err().println("more: --after=" + last));
    }

    private void trace(Fields view) {
        Fields device = view.object("device");
        out().println(state(device));
        Table facts = table("FACT", "VALUE");
        for (String fact :
                new String[] {"name", "group", "iccid", "mdmId", "reason", "dueAt", "present", "verifiedAt"}) {
            if (device.has(fact)) {
                facts.row(fact, device.anyText(fact));
            }
        }
        facts.print(out());
        Table calls = table("CALL", "STATE", "SENT", "ANSWERED", "ANSWER");
        for (Fields each : view.list("calls")) {
            calls.row(
                    each.textOrEmpty("step"),
                    each.textOrEmpty("state"),
                    time(each, "intendedAt"),
                    orDash(time(each, "answeredAt")),
                    each.textOrEmpty("answer"));
        }
        printed(calls);
        Table deaths = table("DEAD LETTER", "STEP", "FIRST", "LAST", "REASON");
        for (Fields each : view.list("deadLetters")) {
            deaths.row(
                    each.textOrEmpty("code"),
                    each.textOrEmpty("step"),
                    time(each, "firstAt"),
                    time(each, "lastAt"),
                    each.textOrEmpty("reason"));
        }
        printed(deaths);
        Table audit = table("CHANGED", "BY", "ACTION", "REASON");
        for (Fields each : view.list("audit")) {
            audit.row(
                    time(each, "at"),
                    each.textOrEmpty("actor"),
                    each.textOrEmpty("action"),
                    each.textOrEmpty("reason"));
        }
        printed(audit);
    }

    private void printed(Table table) {
        if (!table.isEmpty()) {
            out().println();
            table.print(out());
        }
    }

    private static String state(Fields device) {
        return "%s is %s at %s%s"
                .formatted(
                        device.textOrEmpty("eid"),
                        device.textOrEmpty("place"),
                        device.textOrEmpty("step"),
                        device.has("code") ? " with " + device.textOrEmpty("code") : "");
    }
}
