package io.celonamdm.work;

import io.celonamdm.celona.Envelope;
import io.celonamdm.celona.Status;
import io.celonamdm.celona.StatusAnswer;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.planning.IccidClaims;
import io.celonamdm.planning.IccidClaims.Claim;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The step AWAIT: polls eid-status for the outcome of an assignment. */
@Component
public class Awaiting {
    private final DeviceTransitions transitions;
    private final UnansweredCalls unanswered;
    private final DeviceCompletion completion;
    private final PoolExhaustion pool;
    private final IccidClaims claims;
    private final Clock clock;
    private final RandomGenerator jitter;

    Awaiting(
            DeviceTransitions transitions,
            UnansweredCalls unanswered,
            DeviceCompletion completion,
            PoolExhaustion pool,
            IccidClaims claims,
            Clock clock,
            RandomGenerator jitter) {
        this.transitions = transitions;
        this.unanswered = unanswered;
        this.completion = completion;
        this.pool = pool;
        this.claims = claims;
        this.clock = clock;
        this.jitter = jitter;
    }

    /**
     * Advances each device according to its status.
     *
     * @return the dead letters
     */
    @OutlastsOutages
    @Transactional
    public List<DeadLetter> answered(@ExchangeProperty("work") Work work, @Body Object answer) {
        if (!unanswered.anyInFlight(Step.AWAIT, work.devices())) {
            return List.of();
        }
        Sync sync = work.sync();
        StatusAnswer statuses = StatusAnswer.of(
                Envelope.of(answer), sync.celona().failureWords(), sync.celona().poolExhaustedWords());
        List<DeadLetter> dead = new ArrayList<>();
        List<Device> pending = new ArrayList<>();
        Map<String, List<Long>> without = new TreeMap<>();
        Map<Device, Iccid> assigned = new LinkedHashMap<>();
        for (Device device : work.devices()) {
            Status status = statuses.of(device.eid());
            if (status instanceof Status.Succeeded succeeded) {
                assigned.put(device, succeeded.iccid());
            } else if (status instanceof Status.OutOfStock none) {
                without.computeIfAbsent(none.reason(), reason -> new ArrayList<>())
                        .add(device.id());
            } else if (status instanceof Status.Failed failed) {
                dead.addAll(completion.dead(sync, device, ReasonCode.ASSIGN_FAILED, failed.reason()));
            } else if (isLate(device)) {
                dead.addAll(completion.dead(
                        sync,
                        device,
                        ReasonCode.POLL_TIMEOUT,
                        "eid-status said nothing final about request %s until the deadline%s"
                                .formatted(device.requestId(), last(status))));
            } else {
                pending.add(device);
            }
        }
        if (!assigned.isEmpty()) {
            dead.addAll(take(sync, assigned));
            pool.replenished(sync);
        }
        without.forEach((reason, ids) -> pool.exhausted(sync, ids, reason));
        if (!pending.isEmpty()) {
            Instant due = clock.instant().plus(sync.poll().jittered(work.attempts() + 2, jitter.nextDouble()));
            transitions.retry(Device.ids(pending), Step.AWAIT, due, null, "", false);
        }
        return dead;
    }

    /** Takes the eSIMs that fit their devices; the others reach no phone. */
    private List<DeadLetter> take(Sync sync, Map<Device, Iccid> assigned) {
        List<DeadLetter> dead = new ArrayList<>();
        Map<Device, Claim> refused = claims.refused(sync, assigned);
        refused.forEach((device, claim) ->
                dead.addAll(completion.dead(sync, device, Objects.requireNonNull(claim.code()), claim.reason())));
        Map<Device, Iccid> taken = new LinkedHashMap<>(assigned);
        taken.keySet().removeAll(refused.keySet());
        if (!taken.isEmpty()) {
            transitions.assign(taken.entrySet().stream()
                    .collect(Collectors.toMap(each -> each.getKey().id(), Map.Entry::getValue)));
        }
        List<String> prefixes = sync.celona().iccidPrefixes();
        taken.forEach((device, iccid) -> {
            if (!iccid.startsWithAny(prefixes)) {
                dead.addAll(completion.dead(
                        sync,
                        device,
                        ReasonCode.WRONG_POOL,
                        "the assigned ICCID %s starts with none of %s".formatted(iccid.value(), prefixes)));
            }
        });
        return dead;
    }

    private static String last(Status status) {
        return status instanceof Status.Pending pending && !pending.word().isEmpty()
                ? "; the last answer: " + pending.word()
                : "";
    }

    private boolean isLate(Device device) {
        return device.deadlineAt() != null && clock.instant().isAfter(device.deadlineAt());
    }
}
