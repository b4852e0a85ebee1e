package io.celonamdm.process;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A transient failure of a vendor, for the next one or two calls of a kind.
 *
 * @param call which call
 * @param trouble the fault
 * @param times how often
 */
record RandomFault(Call call, Trouble trouble, int times) {
    enum Call {
        FIND_COMMAND("GET", "/mdm/commands"),
        SEND_COMMAND("POST", "/mdm/commands"),
        ATTRIBUTE("PATCH", "/mobile-devices"),
        ASSIGN("POST", "/assign-eid"),
        STATUS("GET", "/eid-status"),
        ACTIVATE("POST", "/activation-from-file");

        private final String method;
        private final String path;

        Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        private Faults faults(Simulation simulation) {
            return List.of(ASSIGN, STATUS, ACTIVATE).contains(this)
                    ? simulation.celona().faults()
                    : simulation.jamf().faults();
        }
    }

    enum Trouble {
        SERVER_ERROR,
        UNAVAILABLE,
        THROTTLED,
        HANG_UP_BEFORE,
        HANG_UP_AFTER,
        TRUNCATED,
        SLOW;

        private Fault fault() {
            return switch (this) {
                case SERVER_ERROR -> Fault.status(500);
                case UNAVAILABLE -> Fault.status(503);
                case THROTTLED -> Fault.tooManyRequests(Duration.ofSeconds(1));
                case HANG_UP_BEFORE -> Fault.hangUpBeforeProcessing();
                case HANG_UP_AFTER -> Fault.hangUpAfterProcessing();
                case TRUNCATED -> Fault.truncated();
                case SLOW -> Fault.slow(Duration.ofMillis(300));
            };
        }
    }

    /** Any of them. A failed pull is tried again only after a minute, and so is left to the fault matrix. */
    static RandomFault next(Random random) {
        return new RandomFault(
                Call.values()[random.nextInt(Call.values().length)],
                Trouble.values()[random.nextInt(Trouble.values().length)],
                1 + random.nextInt(2));
    }

    /**
     * Has it happen.
     *
     * @return what will happen, in words
     */
    String arm(Simulation simulation) {
        call.faults(simulation).times(times, call.method, call.path, trouble.fault());
        return "%s %s x%d".formatted(call, trouble, times);
    }
}
