package io.celonamdm.work;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.FollowUpOrder.Target;
import io.celonamdm.http.Failure;
import io.celonamdm.ledger.database.OutlastsOutages;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.plan.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes into the MDM beside the steps. Nothing waits for it. What fails for one device may fail for the whole fleet
 * (such as a missing attribute), so consecutive failures slow down all work of that kind.
 */
@Component
public class FollowingUp {
    private static final Logger LOG = LoggerFactory.getLogger(FollowingUp.class);
    private static final Duration SLOWEST = Duration.ofHours(24);

    private final FollowUps followUps;
    private final Clock clock;
    private final Map<String, Integer> failuresInARow = new ConcurrentHashMap<>();

    FollowingUp(FollowUps followUps, Clock clock) {
        this.followUps = followUps;
        this.clock = clock;
    }

    /** The order for the platform, from the current state. */
    public FollowUpOrder order(@ExchangeProperty("work") Work work) {
        return new FollowUpOrder(
                work.sync().name(), work.devices().stream().map(this::target).toList());
    }

    private Target target(Device device) {
        return new Target(
                device.eid().value(),
                device.mdm(),
                device.smdp() == null ? null : device.smdp().url(),
                followUps.stateOf(device.id()));
    }

    /** Records a successful write. */
    @OutlastsOutages
    public void written(@ExchangeProperty("work") Work work) {
        failuresInARow.remove(key(work));
        followUps.done(work.ids(), kind(work));
    }

    /** Schedules a retry of a failed write. */
    public void failed(Work work, Failure failure) {
        int failures = failuresInARow.merge(key(work), 1, Integer::sum);
        Instant slow =
                clock.instant().plus(new BackOff(work.sync().settings().retry().first(), SLOWEST).after(failures));
        Instant due = failure.notBefore(slow);
        followUps.later(work.ids(), kind(work), due, failure.code() + ": " + failure.reason());
        followUps.postpone(work.sync().name(), kind(work), due);
        if (failures == 1) {
            LOG.warn(
                    "{} could not be written and is tried again, at growing intervals while it fails; {}: {}",
                    work.kind(),
                    failure.code(),
                    failure.reason());
        }
    }

    private static String key(Work work) {
        return work.sync().name() + " " + work.kind();
    }

    private static FollowUps.Kind kind(Work work) {
        return Objects.requireNonNull(work.kind().followUp());
    }
}
