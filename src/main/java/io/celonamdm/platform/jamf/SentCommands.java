package io.celonamdm.platform.jamf;

import io.celonamdm.json.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to commands that were sent. By the schema, it is a list with an id for each device, which does not say whose
 * it is; some servers answer with the entry alone. Whatever else comes is read as far as it is clear.
 */
final class SentCommands {
    private static final List<String> IDS = List.of("id", "uuid", "commandUuid");
    private static final List<String> DEVICES = List.of("managementId", "clientManagementId");

    private final Map<String, Set<String>> devices = new LinkedHashMap<>();
    private final Map<String, String> spelled = new HashMap<>();

    private SentCommands() {}

    static SentCommands read(@Nullable Object answer) {
        SentCommands sent = new SentCommands();
        for (Fields entry : entries(answer)) {
            first(entry, IDS).ifPresent(id -> {
                sent.spelled.putIfAbsent(CommandLook.id(id), id);
                Set<String> whose = sent.devices.computeIfAbsent(CommandLook.id(id), key -> new HashSet<>());
                first(entry, DEVICES)
                        .or(() -> entry.object("client").text("managementId"))
                        .map(CommandLook::id)
                        .ifPresent(whose::add);
            });
        }
        return sent;
    }

    private static List<Fields> entries(@Nullable Object answer) {
        if (answer instanceof List<?> list) {
            return list.stream().filter(Map.class::isInstance).map(Fields::of).toList();
        }
        Fields entry = Fields.of(answer);
        if (first(entry, IDS).isPresent()) {
            return List.of(entry);
        }
        List<Fields> inside = new ArrayList<>();
        for (Object value : entry.map().values()) {
            if (value instanceof List<?>) {
                inside.addAll(entries(value));
            }
        }
        return inside;
    }

    private static Optional<String> first(Fields entry, List<String> names) {
        return names.stream().flatMap(name -> entry.text(name).stream()).findFirst();
    }

    /** The ids of the commands. */
    Set<String> ids() {
        return devices.keySet();
    }

    /** The only command's id; empty if the answer has none, or several. */
    Optional<String> only() {
        return spelled.size() == 1 ? spelled.values().stream().findFirst() : Optional.empty();
    }

    /** The commands of these devices, as far as the answer says for each of which device it is, and of no other. */
    Map<String, String> byDevice(Collection<String> asked) {
        Map<String, String> commands = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        devices.forEach((id, whose) -> {
            for (String device : whose) {
                if (whose.size() > 1 || commands.putIfAbsent(device, id) != null) {
                    ambiguous.add(device);
                }
            }
        });
        commands.keySet().retainAll(asked.stream().map(CommandLook::id).toList());
        commands.keySet().removeAll(ambiguous);
        commands.replaceAll((device, id) -> spelled.getOrDefault(id, id));
        return commands;
    }
}
