package io.celonamdm.story;

import io.celonamdm.esim.Step;
import io.celonamdm.story.Event.What;
import io.celonamdm.story.world.Breakage;
import io.celonamdm.story.world.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stories have reached so far, and what they could have. */
final class Coverage {
    private final Map<String, Integer> reached = new TreeMap<>();

    Coverage() {
        possible().forEach(each -> reached.put(each, 0));
    }

    /** Something happened at a place. */
    synchronized void reached(String where, String what) {
        reached.merge(where + " x " + what, 1, Integer::sum);
    }

    private static List<String> possible() {
        List<String> all = new ArrayList<>();
        for (Call call : Call.values()) {
            if (call == Call.GUARD) {
                all.add(call + " x " + What.FREEZES);
                continue;
            }
            if (call == Call.FILE) {
                Tenants.WHILE_READING.forEach(each -> all.add(call + " x " + each));
                continue;
            }
            Stream.of(Breakage.values()).forEach(each -> all.add(call + " x " + each));
            Stories.MEANWHILE.stream().distinct().forEach(each -> all.add(call + " x " + each));
        }
        for (What each : List.of(What.DIES, What.DIES_AFTER, What.LEDGER_FAILS, What.LEDGER_COMMITS_AND_FAILS)) {
            all.add("COMMIT x " + each);
        }
        for (What each : List.of(What.DIES, What.DIES_AFTER, What.LEDGER_FAILS, What.LEDGER_REFUSES)) {
            all.add("STATEMENT x " + each);
        }
        Stream.of(Stories.AT_TIMES, Tenants.INTUNE, Tenants.FILES, Worlds.BY_DAY, Worlds.AT_APPLE)
                .flatMap(List::stream)
                .distinct()
                .forEach(each -> all.add("any time x " + each));
        Stream.of(Step.values()).forEach(step -> all.add("death x in flight at " + step));
        return all;
    }

    /** All of it as a text, what was never reached first. */
    @Override
    public synchronized String toString() {
        List<String> never = reached.entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
        return "reached: %d of %d%n%nnever reached:%n%s%n%nhow often:%n%s%n"
                .formatted(
                        reached.size() - never.size(),
                        reached.size(),
                        String.join("\n", never),
                        reached.entrySet().stream()
                                .filter(each -> each.getValue() > 0)
                                .map(each -> "%6d %s".formatted(each.getValue(), each.getKey()))
                                .collect(Collectors.joining("\n")));
    }
}
