package io.celonamdm.firing;

import java.util.Arrays;

/** Shows a story whether a firing only waits for time to pass. */
public final class FiringView {
    private static final String WAITS = InFlight.class.getName();

    private FiringView() {}

    /** Whether nothing of it is under way, and its thread waits. */
    public static boolean waitsForTime(Firing firing, Thread thread) {
        return firing.inFlight().isEmpty()
                && !firing.pull().isUnderWay()
                && thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .limit(6)
                        .anyMatch(each -> each.getClassName().equals(WAITS)
                                && each.getMethodName().equals("awaitEnding"));
    }

    /** Whether nothing of it is under way. */
    public static boolean isIdle(Firing firing) {
        return firing.inFlight().isEmpty() && !firing.pull().isUnderWay();
    }

    /** Lets it look again. */
    public static void wake(Firing firing) {
        firing.inFlight().wake();
    }
}
