package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.Place;
import io.celonamdm.ledger.Streaks.Standing;
import io.celonamdm.ledger.Streaks.Streak;
import io.celonamdm.settings.BreakerSettings;
import io.celonamdm.sync.Sync;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The circuit breaker of a sync: opens its quarantine when too much fails at a step, in a row or in proportion. */
@Component
class Breaker {
    /** A call that failed as a whole, and is made again. */
    private static final Set<ReasonCode> FAILED_CALL = EnumSet.of(
            ReasonCode.UNREACHABLE,
            ReasonCode.VENDOR_ERROR,
            ReasonCode.UNREADABLE_ANSWER,
            ReasonCode.NOT_THE_VENDOR,
            ReasonCode.OTHER);

    /** A device whose time is over; its phone may have been off, which says nothing of the vendors. */
    private static final Set<ReasonCode> RAN_OUT_OF_TIME =
            EnumSet.of(ReasonCode.POLL_TIMEOUT, ReasonCode.NOT_PROVISIONED, ReasonCode.NOT_COMMANDABLE);

    private final Quarantines quarantines;

    Breaker(Quarantines quarantines) {
        this.quarantines = quarantines;
    }

    /**
     * Counts what became of work that has ended.
     *
     * @param standings where its devices stand now
     * @param counts the streaks of the sync, which are changed
     */
    void ended(Work work, List<Standing> standings, Map<Step, Streak> counts) {
        Step step = work.kind().step();
        if (step == null) {
            return;
        }
        int good = (int) standings.stream().filter(each -> wentOn(each, step)).count();
        int dead = (int) standings.stream().filter(Breaker::died).count();
        Standing failed = standings.stream()
                .filter(each -> failedCall(each, step))
                .findFirst()
                .orElse(null);
        int bad = dead + (failed == null ? 0 : 1);
        Sync sync = work.sync();
        boolean probeFailed = bad > 0 && good == 0 && quarantines.isProbing(sync, ReasonCode.TOO_MANY_FAILURES);
        long run = work.run() == null ? 0 : work.run();
        String tooMany;
        synchronized (counts) {
            Streak streak = counts.getOrDefault(step, Streak.NEW).and(run, good, bad);
            tooMany = bad > 0 ? tooMany(sync.settings().breaker(), streak) : null;
            counts.put(step, tooMany == null ? streak : new Streak(run, 0, 0, 0));
        }
        if (probeFailed || tooMany != null) {
            Standing last = failed != null
                    ? failed
                    : standings.stream().filter(Breaker::died).findFirst().orElseThrow();
            quarantines.open(
                    sync,
                    ReasonCode.TOO_MANY_FAILURES,
                    "%s at %s; the last one: %s: %s"
                            .formatted(tooMany == null ? "a probe failed" : tooMany, step, last.code(), last.reason()));
        }
    }

    private static @Nullable String tooMany(BreakerSettings settings, Streak streak) {
        if (streak.inARow() >= settings.inARow()) {
            return streak.inARow() + " failures in a row";
        }
        long tried = (long) streak.good() + streak.bad();
        if (tried >= settings.percentFrom() && streak.bad() * 100L >= tried * settings.percent()) {
            return "%d failures out of %d".formatted(streak.bad(), tried);
        }
        return null;
    }

    private static boolean wentOn(Standing standing, Step from) {
        return standing.place() == Place.DONE
                || (standing.step().compareTo(from) > 0 && standing.place() != Place.DEAD);
    }

    private static boolean died(Standing standing) {
        return standing.place() == Place.DEAD && standing.code() != null && !RAN_OUT_OF_TIME.contains(standing.code());
    }

    private static boolean failedCall(Standing standing, Step step) {
        return standing.place() == Place.WAITING
                && standing.step() == step
                && standing.code() != null
                && FAILED_CALL.contains(standing.code());
    }
}
