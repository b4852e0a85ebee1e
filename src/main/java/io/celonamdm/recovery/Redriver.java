package io.celonamdm.recovery;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.ledger.device.Redrives.Open;
import io.celonamdm.logging.LogScope;
import io.celonamdm.plan.BackOff;
import io.celonamdm.settings.RedriveSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Redrives dead letters: each device continues at the step that failed. */
@Component
@Transactional
public class Redriver {
    private static final Logger LOG = LoggerFactory.getLogger(Redriver.class);

    /** Continuing could send a wrong eSIM to a phone, or use up a second one, so these must be named. */
    private static final Set<ReasonCode> ONLY_BY_NAME = EnumSet.of(ReasonCode.WRONG_POOL, ReasonCode.GIVEN_UP);

    private final Redrives redrives;
    private final Audit audit;
    private final Clock clock;

    Redriver(Redrives redrives, Audit audit, Clock clock) {
        this.redrives = redrives;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Whether no redrive may touch the dead letter: a person gave up the device in doubt, and continuing at ASSIGN
     * could assign a second eSIM.
     */
    public static boolean mustBeReleased(Open letter) {
        return letter.code() == ReasonCode.GIVEN_UP && letter.step() == Step.ASSIGN;
    }

    /** Whether a redrive may include the dead letter without naming its device or code. */
    public static boolean mayGoUnnamed(Open letter) {
        return !ONLY_BY_NAME.contains(letter.code());
    }

    /** Redrives open dead letters for a person; returns how many. */
    public int asked(Sync sync, List<Open> letters, String reason) {
        return redrive(sync, letters, Redriver::step, clock.instant(), Audit.OPERATOR, reason);
    }

    /** Redrives the dead letters whose automatic redrive is due. */
    public void due(Sync sync) {
        redrive(
                sync,
                redrives.due(sync.name()).stream()
                        .filter(Redriver::mayGoUnnamed)
                        .toList(),
                Redriver::step,
                clock.instant(),
                Audit.CONNECTOR,
                "a change outside may have fixed it");
    }

    /**
     * Returns dead letters that are not their devices' fault to their step, due at a given time.
     *
     * @param which selects the dead letters
     */
    public void putBack(Sync sync, Step step, Predicate<Open> which, Instant due) {
        List<Open> letters = redrives.open(sync.name(), (ReasonCode) null).stream()
                .filter(letter -> letter.step() == step && which.test(letter))
                .toList();
        redrive(sync, letters, Redriver::step, due, Audit.CONNECTOR, "the refusal concerned the sync, not the device");
    }

    /** Continues devices that turn out to have their eSIM: whatever failed on the way to it no longer matters. */
    public void seen(Sync sync, List<Device> devices) {
        Map<Eid, Device> byEid = devices.stream().collect(Collectors.toMap(Device::eid, Function.identity()));
        List<Open> byPhone = redrives.open(sync.name(), byEid.keySet()).stream()
                .filter(Redriver::mayGoUnnamed)
                .filter(letter -> letter.step() != Step.ACTIVATE || letter.code() == ReasonCode.NOT_PROVISIONED)
                .toList();
        redrive(
                sync,
                byPhone,
                letter -> Objects.requireNonNull(byEid.get(letter.eid()))
                                .isActive(sync.celona().opCode())
                        ? Step.CONFIRM
                        : Step.ACTIVATE,
                clock.instant(),
                Audit.CONNECTOR,
                "the device has its eSIM");
    }

    /** Schedules the automatic redrive of new dead letters of a sync, if any. */
    public void schedule(Sync sync, Collection<Eid> eids) {
        redrives.open(sync.name(), eids).forEach(letter -> redrives.schedule(letter.id(), again(sync, letter)));
    }

    private @Nullable Instant again(Sync sync, Open letter) {
        RedriveSettings settings = sync.settings().redrive();
        if (!settings.codes().contains(letter.code()) || !mayGoUnnamed(letter)) {
            return null;
        }
        Instant at = clock.instant().plus(new BackOff(settings.first(), settings.max()).after(letter.redrives() + 1));
        return at.isAfter(letter.firstAt().plus(settings.maxAge())) ? null : at;
    }

    private int redrive(
            Sync sync, List<Open> letters, Function<Open, Step> goesOnAt, Instant due, String actor, String reason) {
        int redriven = 0;
        for (Open letter : letters) {
            if (mustBeReleased(letter)) {
                continue;
            }
            Step step = goesOnAt.apply(letter);
            if (redrives.redrive(letter, step, due, deadline(sync, step))) {
                audit.note(actor, sync.name(), letter.eid(), "redrive", reason, letter.code() + " at " + letter.step());
                redriven++;
            }
        }
        if (redriven > 0) {
            int count = redriven;
            LogScope.about(
                    sync.name(), null, () -> LOG.info("{} redriven by {}", Counted.are(count, "dead letter"), actor));
        }
        return redriven;
    }

    /** A device that failed at AWAIT is assigned again, and one that gave no sign is pushed again. */
    private static Step step(Open letter) {
        if (letter.code() == ReasonCode.ASSIGN_FAILED) {
            return Step.ASSIGN;
        }
        return letter.step() == Step.CONFIRM ? Step.PUSH : letter.step();
    }

    /** A step with a deadline gets its full time again. */
    private @Nullable Instant deadline(Sync sync, Step step) {
        return switch (step) {
            case AWAIT -> clock.instant().plus(sync.celona().poll().deadline());
            case ACTIVATE -> clock.instant().plus(sync.celona().provision().deadline());
            default -> null;
        };
    }
}
