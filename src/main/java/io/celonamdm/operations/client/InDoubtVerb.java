package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code in-doubt}: the calls with an unknown outcome, and the decisions about them. */
@Command(
        name = "in-doubt",
        description = "lists calls with an unknown outcome, or decides one of them",
        footer = {
            "",
            "adopt (--request-id): Celona shows the request; its outcome is polled",
            "release: Celona certainly has no eSIM for these EIDs; they are posted again",
            "probe: the phones are told to fetch an eSIM; nothing is assigned",
            "give-up: the devices become dead letters"
        })
final class InDoubtVerb extends OfSync {
    @Parameters(index = "1", arity = "0..1", paramLabel = "ENTRY", description = "the entry to decide")
    @Nullable
    Long entry;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "adopt|release|probe|give-up",
            description = "the decision, for all devices of the entry")
    @Nullable
    String decision;

    @Option(names = "--request-id", paramLabel = "ID", description = "Celona's request, to adopt")
    @Nullable
    String requestId;

    @Option(
            names = "--address",
            paramLabel = "SM-DP+",
            description = "its address, to adopt or probe; default: the latest")
    @Nullable
    String address;

    @Option(names = "--reason", paramLabel = "WHY", description = "goes into the audit; a decision needs it")
    @Nullable
    String reason;

    @Override
    void carryOut(Remote connector) {
        String path = at("/indoubt");
        if (entry == null) {
            show(connector.get(path, Map.of(), Shape.each("entry")), this::list);
            return;
        }
        if (decision == null || reason == null) {
            throw VerbFailed.usage(
                    "a decision is ENTRY, one of adopt, release, probe and give-up, and --reason",
                    "in-doubt SYNC alone lists the entries.");
        }
        Map<String, @Nullable Object> body = new TreeMap<>();
        body.put("action", decision);
        body.put("requestId", requestId);
        body.put("address", address);
        body.put("reason", reason);
        show(
                connector.post(path + "/" + entry, body, Shape.one("decided")),
                answer -> out().println("%s decided".formatted(answer.object().textOrEmpty("decided"))));
    }

    private void list(Remote.Answer answer) {
        Table table = table("ENTRY", "SENT", "CODE", "EID", "NAME", "SHOWN", "REASON");
        for (Fields each : answer.list()) {
            for (Fields device : each.list("devices")) {
                table.row(
                        each.textOrEmpty("entry"),
                        time(each, "sentAt"),
                        device.textOrEmpty("code"),
                        device.textOrEmpty("eid"),
                        orDash(device.textOrEmpty("name")),
                        orDash(String.join(" ", device.texts("iccidsShown"))),
                        device.textOrEmpty("reason"));
            }
        }
        table.print(out(), "nothing is in doubt");
    }
}
