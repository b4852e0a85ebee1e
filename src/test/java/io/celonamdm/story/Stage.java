package io.celonamdm.story;

import io.celonamdm.story.world.Call;
import io.celonamdm.story.world.VirtualClock;
import io.celonamdm.story.world.World;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the beans of a test and the story that is played share. */
final class Stage {
    final VirtualClock clock = new VirtualClock();
    volatile @Nullable World world;

    /** The fault that is put into the connector; null for none. */
    volatile @Nullable Mutation mutation;

    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
    private final Map<String, Event> planned = new HashMap<>();
    private Consumer<Event> happens = event -> {};
    private int commits;
    private int statements;
    private volatile int refusals;
    private volatile int made;
    /** What all stories have reached. */
    final Coverage coverage = new Coverage();

    /** Begins a story. */
    synchronized void begin(World another, Story story, Consumer<Event> performer) {
        world = another;
        calls.clear();
        planned.clear();
        commits = 0;
        statements = 0;
        refusals = 0;
        made = 0;
        happens = performer;
        coverage.plays(story);
        for (Event event : story.events()) {
            if (event.at() != null) {
                planned.put(event.at() + " " + event.nth(), event);
            }
        }
    }

    /** Ends all that goes wrong. */
    synchronized void heal() {
        planned.clear();
        refusals = 0;
    }

    World world() {
        World now = world;
        if (now == null) {
            throw new IllegalStateException("no story is played");
        }
        return now;
    }

    /** How many calls were made in this story. */
    int made() {
        return made;
    }

    /** Lets something happen that is up to the process as a whole. */
    void happens(Event event) {
        happens.accept(event);
    }

    /** What is to become of the next call of a kind, or of its answer; null for nothing. */
    @Nullable
    Event next(Call call) {
        Event event;
        synchronized (this) {
            made += call == Call.GUARD ? 0 : 1;
            int nth = calls.merge(call, 1, Integer::sum);
            event = planned.remove(call + " " + nth);
        }
        if (event == null) {
            return null;
        }
        coverage.reached(call.name(), event);
        if (isOfCall(call, event.what())) {
            return event;
        }
        happens.accept(event);
        return null;
    }

    /** Whether it happens to the call itself, when that is made or answered. */
    private static boolean isOfCall(Call call, Event.What what) {
        return what == Event.What.BREAK
                || what == Event.What.DIES_AFTER
                || (what == Event.What.FREEZES && call != Call.GUARD);
    }

    /** What is to become of the next commit or statement; null for nothing. */
    Event.@Nullable What nextLedger(boolean commit) {
        Event event;
        synchronized (this) {
            if (refusals > 0 && !commit) {
                refusals--;
                return Event.What.LEDGER_REFUSES;
            }
            int nth = commit ? ++commits : ++statements;
            event = planned.remove((commit ? "COMMIT " : "STATEMENT ") + nth);
            if (event != null && event.what() == Event.What.LEDGER_REFUSES) {
                refusals = event.subject() % 3;
            }
        }
        if (event == null) {
            return null;
        }
        coverage.reached(commit ? "COMMIT" : "STATEMENT", event);
        if (List.of(Event.What.DIES, Event.What.DIES_AFTER, Event.What.FREEZES).contains(event.what())) {
            happens.accept(event);
        }
        return event.what();
    }
}
