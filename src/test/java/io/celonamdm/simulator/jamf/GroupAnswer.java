package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How Jamf Pro may answer a command for several devices; the schema's list does not say which id is whose. */
public enum GroupAnswer {
    /** The list of the schema, in an order of its own. */
    SHUFFLED {
        @Override
        Object of(List<MdmCommand> commands) {
            List<Object> entries = entries(commands);
            Collections.shuffle(entries, new Random(commands.size()));
            return entries;
        }
    },
    /** The list in capital letters. */
    CAPITALS {
        @Override
        Object of(List<MdmCommand> commands) {
            return commands.stream()
                    .map(command -> Json.object("id", command.uuid().toUpperCase(Locale.ROOT)))
                    .toList();
        }
    },
    /** Each entry says which device it is for. */
    WITH_DEVICES {
        @Override
        Object of(List<MdmCommand> commands) {
            return commands.stream()
                    .map(command -> Json.object("id", command.uuid(), "managementId", command.managementId()))
                    .toList();
        }
    },
    /** The list in an object. */
    WRAPPED {
        @Override
        Object of(List<MdmCommand> commands) {
            return Json.object("totalCount", commands.size(), "results", entries(commands));
        }
    },
    /** An empty list. */
    EMPTY {
        @Override
        Object of(List<MdmCommand> commands) {
            return List.of();
        }
    },
    /** An object without ids. */
    NO_IDS {
        @Override
        Object of(List<MdmCommand> commands) {
            return Json.object("status", "queued");
        }
    },
    /** The first entry alone. */
    ONE {
        @Override
        Object of(List<MdmCommand> commands) {
            return entries(commands).get(0);
        }
    },
    /** The first half of the list. */
    HALF {
        @Override
        Object of(List<MdmCommand> commands) {
            return entries(commands).subList(0, commands.size() / 2);
        }
    },
    /** Each entry twice. */
    TWICE {
        @Override
        Object of(List<MdmCommand> commands) {
            List<Object> entries = entries(commands);
            entries.addAll(entries(commands));
            return entries;
        }
    },
    /** One id for all. */
    THE_SAME {
        @Override
        Object of(List<MdmCommand> commands) {
            return Collections.nCopies(commands.size(), entries(commands).get(0));
        }
    },
    /** As many ids that nobody has. */
    OF_OTHERS {
        @Override
        Object of(List<MdmCommand> commands) {
            return commands.stream()
                    .map(command -> Json.object("id", new MdmCommand("nobody", "").uuid()))
                    .toList();
        }
    };

    abstract Object of(List<MdmCommand> commands);

    private static List<Object> entries(List<MdmCommand> commands) {
        List<Object> entries = new ArrayList<>();
        for (MdmCommand command : commands) {
            String href = "https://tenant.jamfcloud.com/api/v1/mdm/commands?uuids=" + command.uuid();
            entries.add(Json.object("id", command.uuid(), "href", href));
        }
        return entries;
    }
}
