package io.celonamdm.story;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes from a story what it does not need to break the same invariant (delta debugging). */
final class Shortening {
    private Shortening() {}

    /**
     * The shortest story that was found.
     *
     * @param breaks whether a story breaks what the whole story broke
     * @param most how many stories may be played for it
     */
    static Story of(Story story, Predicate<Story> breaks, int most) {
        Story shortest = story;
        int played = 0;
        int size = Math.max(1, story.events().size() / 2);
        while (played < most) {
            boolean shorter = false;
            for (int from = 0; from < shortest.events().size() && played < most; ) {
                List<Event> rest = new ArrayList<>(shortest.events());
                rest.subList(from, Math.min(rest.size(), from + size)).clear();
                played++;
                if (breaks.test(shortest.with(rest))) {
                    shortest = shortest.with(rest);
                    shorter = true;
                } else {
                    from += size;
                }
            }
            if (size == 1 && !shorter) {
                break;
            }
            size = Math.max(1, size / 2);
        }
        for (int fleet = 1; fleet < shortest.fleet() && played < most; fleet++) {
            played++;
            if (breaks.test(shortest.withFleet(fleet))) {
                return shortest.withFleet(fleet);
            }
        }
        return shortest;
    }
}
