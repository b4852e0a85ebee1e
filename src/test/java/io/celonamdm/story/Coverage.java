package io.celonamdm.story;

import io.celonamdm.esim.Step;
import io.celonamdm.story.Event.What;
import io.celonamdm.story.world.Breakage;
import io.celonamdm.story.world.Call;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stories have reached so far: which faults at which calls, which deaths with devices in flight at which steps, and
 * what happened at any time. What could have been reached and never was is marked and listed.
 */
final class Coverage {
    private static final String COMMIT = "COMMIT";
    private static final String STATEMENT = "STATEMENT";
    private static final List<What> DEATHS = List.of(What.DIES, What.DIES_AFTER);

    private final Map<String, Map<String, Integer>> faults = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> deaths = new LinkedHashMap<>();
    private final Map<String, Integer> anyTime = new TreeMap<>();
    private final Map<String, Integer> worlds = new TreeMap<>();
    /** Where the process died last. */
    private String died = "";

    Coverage() {
        for (Call call : Call.values()) {
            switch (call) {
                case GUARD -> possible(call.name(), List.of(What.DIES, What.FREEZES));
                case FILE -> possible(call.name(), Tenants.WHILE_READING);
                default -> {
                    Stream.of(Breakage.values())
                            .forEach(each -> row(each.name()).put(call.name(), 0));
                    possible(call.name(), Stories.MEANWHILE);
                }
            }
        }
        possible(
                COMMIT,
                List.of(What.DIES, What.DIES_AFTER, What.FREEZES, What.LEDGER_FAILS, What.LEDGER_COMMITS_AND_FAILS));
        possible(STATEMENT, List.of(What.DIES, What.DIES_AFTER, What.FREEZES, What.LEDGER_FAILS, What.LEDGER_REFUSES));
        Worlds.FREEZING.forEach(each -> row(What.FREEZES.name()).put(each, 0));
        for (Call call : List.of(Call.ASSIGN, Call.STATUS, Call.COMMANDS, Call.COMMAND, Call.ACTIVATE)) {
            DEATHS.forEach(each -> died(call + " " + each).put(stepOf(call).name(), 0));
        }
        for (Step step : Step.values()) {
            DEATHS.forEach(each -> {
                died(COMMIT + " " + each).put(step.name(), 0);
                died(STATEMENT + " " + each).put(step.name(), 0);
            });
        }
        Stream.of(Stories.AT_TIMES, Tenants.INTUNE, Tenants.FILES, Worlds.BY_DAY, Worlds.AT_APPLE)
                .flatMap(List::stream)
                .forEach(each -> anyTime.put(each.name(), 0));
    }

    private static Step stepOf(Call call) {
        return switch (call) {
            case ASSIGN -> Step.ASSIGN;
            case STATUS -> Step.AWAIT;
            case ACTIVATE -> Step.ACTIVATE;
            default -> Step.PUSH;
        };
    }

    private void possible(String where, Collection<What> what) {
        what.forEach(each ->
                row(each == What.BREAK ? Breakage.REFUSED.name() : each.name()).put(where, 0));
    }

    private Map<String, Integer> row(String what) {
        return faults.computeIfAbsent(what, key -> new TreeMap<>());
    }

    private Map<String, Integer> died(String where) {
        return deaths.computeIfAbsent(where, key -> new TreeMap<>());
    }

    /** A story is played. */
    synchronized void plays(Story story) {
        worlds.merge(story.tenants().toString(), 1, Integer::sum);
        Worlds.MORE.forEach((setting, what) -> {
            if (story.settings().containsKey(setting)) {
                worlds.merge(what, 1, Integer::sum);
            }
        });
    }

    /** Something happened at a call, a commit or a statement. */
    synchronized void reached(String where, Event event) {
        row(event.words()).merge(where, 1, Integer::sum);
        if (DEATHS.contains(event.what())) {
            died = where + " " + event.words();
        }
    }

    /** Something happened at its time. */
    synchronized void reached(Event event) {
        anyTime.merge(event.words(), 1, Integer::sum);
    }

    /** The process is dead; devices are in flight at some steps. */
    synchronized void dead(List<String> steps) {
        steps.forEach(step -> died(died).merge(step, 1, Integer::sum));
    }

    /** Two tables, in which a dash marks what was possible, and what was never reached as a list. */
    @Override
    public synchronized String toString() {
        List<String> places = Stream.concat(Stream.of(Call.values()).map(Call::name), Stream.of(COMMIT, STATEMENT))
                .toList();
        List<String> steps = Stream.of(Step.values()).map(Step::name).toList();
        Map<String, Integer> often = new TreeMap<>(anyTime);
        often.values().removeIf(Coverage::isNever);
        return "%nstories in each world: %s%n%nfaults at calls:%n%s%ndeaths, by the steps that were in flight:%n%s%nat any time: %s%n%nnever reached:%n%s%n"
                .formatted(worlds, table(faults, places), table(deaths, steps), often, never(places));
    }

    private static String table(Map<String, Map<String, Integer>> rows, List<String> columns) {
        StringBuilder text = new StringBuilder("%-26s".formatted(""));
        columns.forEach(each -> text.append("%10s".formatted(each)));
        rows.forEach((name, cells) -> {
            text.append("%n%-26s".formatted(name));
            columns.forEach(each -> text.append("%10s".formatted(cell(cells.get(each)))));
        });
        return text.append("%n".formatted()).toString();
    }

    private static String cell(@Nullable Integer many) {
        return many == null ? "" : isNever(many) ? "-" : many.toString();
    }

    private String never(List<String> places) {
        Map<String, List<String>> never = new LinkedHashMap<>();
        for (String place : places) {
            never.put(
                    "at " + place,
                    faults.keySet().stream()
                            .filter(what -> isNever(row(what).get(place)))
                            .toList());
        }
        deaths.forEach((where, steps) -> never.put(where + " with a device in flight at", never(steps)));
        never.put("at any time", never(anyTime));
        never.values().removeIf(List::isEmpty);
        return never.isEmpty()
                ? "nothing"
                : never.entrySet().stream()
                        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static List<String> never(Map<String, Integer> reached) {
        return reached.keySet().stream()
                .filter(each -> isNever(reached.get(each)))
                .toList();
    }

    private static boolean isNever(@Nullable Integer many) {
        return many != null && many == 0;
    }
}
