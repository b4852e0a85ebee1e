package io.celonamdm.work.failure;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.run.Origin;
import io.celonamdm.text.Counted;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.Quarantines;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Schedules the retry of a failed call: after a backoff, or at the next probe of a quarantine. */
@Component
@Transactional
class RetryScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(RetryScheduler.class);

    /** No vendor has refused or failed such a call. */
    private static final Set<ReasonCode> NOT_ATTEMPTED =
            EnumSet.of(ReasonCode.LEDGER_UNAVAILABLE, ReasonCode.CALLED_OFF);

    private final DeviceTransitions transitions;
    private final DeviceCompletion completion;
    private final Quarantines quarantines;
    private final Clock clock;
    private final RandomGenerator jitter;

    RetryScheduler(
            DeviceTransitions transitions,
            DeviceCompletion completion,
            Quarantines quarantines,
            Clock clock,
            RandomGenerator jitter) {
        this.transitions = transitions;
        this.completion = completion;
        this.quarantines = quarantines;
        this.clock = clock;
        this.jitter = jitter;
    }

    /**
     * Quarantines the sync; the devices wait for its next probe.
     *
     * @return no dead letters
     */
    List<DeadLetter> quarantine(FailedCall failed, ReasonCode code) {
        Instant probe = quarantines.open(failed.sync(), Origin.of(failed.step()), code, failed.reason());
        transitions.retry(failed.ids(), failed.step(), probe, code, failed.reason(), false);
        return List.of();
    }

    /**
     * Schedules the call again, not before the time that the vendor asked for. A query that something other than the
     * vendor answered is repeated regardless of earlier attempts, and so is a call that the ledger or a person stopped.
     *
     * @return the dead letters, if the attempts are used up
     */
    List<DeadLetter> again(FailedCall failed) {
        if (NOT_ATTEMPTED.contains(failed.failure().code()) || failed.isWorthAskingUntilAnswered()) {
            return regardless(failed);
        }
        // devices of one call may have been tried more or less often before
        int most = failed.sync().settings().retry().attempts();
        List<Device> exhausted = failed.devices().stream()
                .filter(device -> device.attempts() + 1 >= most)
                .toList();
        if (exhausted.isEmpty()) {
            return regardless(failed);
        }
        FailedCall ended = failed.of(exhausted);
        List<DeadLetter> dead =
                completion.dead(failed.sync(), ended.ids(), ReasonCode.RETRIES_EXHAUSTED, failed.reason(), null);
        List<Device> others = failed.devices().stream()
                .filter(device -> !exhausted.contains(device))
                .toList();
        if (!others.isEmpty()) {
            regardless(failed.of(others));
        }
        return dead;
    }

    /**
     * Schedules the call again, regardless of earlier attempts: nothing says that its devices are to blame.
     *
     * @return no dead letters
     */
    List<DeadLetter> regardless(FailedCall failed) {
        Failure failure = failed.failure();
        int attempts = failed.work().attempts() + 1;
        Instant due = clock.instant().plus(failed.sync().retry().jittered(attempts, jitter.nextDouble()));
        Instant next = failure.notBefore(due).truncatedTo(ChronoUnit.MILLIS);
        LOG.warn(
                "{} of {} is tried again at {}; {}",
                failed.work().kind(),
                Counted.words(failed.devices().size(), "device"),
                next,
                failed.words());
        transitions.retry(failed.ids(), failed.step(), next, failure.code(), failure.reason(), false);
        return List.of();
    }
}
