package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.Devices;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the devices of a failed call tried again: later, or at the next probe of a quarantine. */
@Component
@Transactional
class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final Devices devices;
    private final FollowingUp followingUp;
    private final Endings endings;
    private final Quarantines quarantines;
    private final Clock clock;

    Retries(Devices devices, FollowingUp followingUp, Endings endings, Quarantines quarantines, Clock clock) {
        this.devices = devices;
        this.followingUp = followingUp;
        this.endings = endings;
        this.quarantines = quarantines;
        this.clock = clock;
    }

    /** The devices wait for the next probe of their sync. */
    void quarantine(Work work, @Nullable Call call, ReasonCode code, String reason) {
        Instant probe = quarantines.open(work.sync(), code, reason);
        devices.later(Call.ids(work, call), Objects.requireNonNull(work.kind().step()), probe, code, reason, false);
    }

    /**
     * The call is made again later; not before the time that the vendor asked for.
     *
     * @return the dead letters, if the call was made often enough
     */
    List<DeadLetter> again(Work work, @Nullable Call call, Failure failure) {
        if (work.kind().step() == null) {
            followingUp.failed(work, failure);
            return List.of();
        }
        int attempts = work.attempts() + 1;
        boolean counts = failure.code() != ReasonCode.LEDGER_UNAVAILABLE;
        if (counts && attempts >= work.sync().settings().retry().attempts()) {
            return endings.dead(
                    work.sync(), Call.ids(work, call), ReasonCode.RETRIES_EXHAUSTED, failure.reason(), null);
        }
        Instant due = clock.instant()
                .plus(work.sync()
                        .retry()
                        .jittered(attempts, ThreadLocalRandom.current().nextDouble()));
        Instant asked = failure.again();
        Instant next = (asked != null && asked.isAfter(due) ? asked : due).truncatedTo(ChronoUnit.MILLIS);
        List<Long> ids = Call.ids(work, call);
        LOG.warn(
                "{} of {} devices is tried again at {}; {}: {}",
                work.kind(),
                ids.size(),
                next,
                failure.code(),
                failure.reason());
        devices.later(ids, Objects.requireNonNull(work.kind().step()), next, failure.code(), failure.reason(), false);
        return List.of();
    }
}
