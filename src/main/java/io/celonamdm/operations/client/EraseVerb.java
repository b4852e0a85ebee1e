package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code erase}: what is stored of a device or a person, and its erasure. */
@Command(
        name = "erase",
        description = "lists what is stored of a device or a person; with --count and --reason, erases it",
        footer = {
            "",
            "What can be erased now is erased: not a device that its MDM still shows, that is being worked on, or in doubt.",
            "EID, eSIM, place and times stay, unless the device is retired or no eSIM was ever asked for."
        })
final class EraseVerb extends Verb {
    private static final String PATH = "/erasure";

    @ArgGroup(multiplicity = "1")
    Whose whose = new Whose();

    /** One of both. */
    static final class Whose {
        @Option(names = "--eid", paramLabel = "EID", required = true, description = "the device")
        @Nullable
        String eid;

        @Option(
                names = "--person",
                paramLabel = "TEXT",
                required = true,
                description = "in user, name, serial number or another field of the devices")
        @Nullable
        String person;
    }

    @Option(names = "--count", paramLabel = "N", description = "how many devices the list says can be erased")
    @Nullable
    Integer count;

    @Option(names = "--reason", paramLabel = "WHY", description = "goes into the audit; an erasure needs it")
    @Nullable
    String reason;

    @Override
    void carryOut(Remote connector) {
        Map<String, @Nullable Object> asked = new TreeMap<>();
        asked.put("eid", whose.eid);
        asked.put("person", whose.person);
        if (count == null && reason == null) {
            show(connector.get(PATH, asked, Shape.one("erasable")), answer -> {
                list(answer.object().list("devices"));
                err().println("%s of them can be erased: --count=%1$s --reason=WHY"
                        .formatted(answer.object().textOrEmpty("erasable")));
            });
            return;
        }
        if (count == null || reason == null) {
            throw VerbFailed.usage(
                    "an erasure is --count and --reason", "Without both, the verb lists what can be erased.");
        }
        asked.put("count", count);
        asked.put("reason", reason);
        show(connector.post(PATH, asked, Shape.one("erased")), answer -> {
            out().println("%s erased".formatted(answer.object().textOrEmpty("erased")));
            List<Fields> left = answer.object().list("left");
            if (!left.isEmpty()) {
                list(left);
            }
        });
    }

    private void list(List<Fields> devices) {
        Table table = table("SYNC", "EID", "NAME", "USER", "SERIAL", "PLACE", "REMAINS", "NOT NOW");
        for (Fields each : devices) {
            table.row(
                    each.textOrEmpty("sync"),
                    each.textOrEmpty("eid"),
                    orDash(each.textOrEmpty("name")),
                    orDash(each.textOrEmpty("user")),
                    orDash(each.textOrEmpty("serialNumber")),
                    orDash(each.textOrEmpty("place")),
                    each.textOrEmpty("remains"),
                    orDash(each.textOrEmpty("obstacle")));
        }
        table.print(out(), "nothing is stored");
    }
}
