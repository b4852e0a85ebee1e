package io.celonamdm.planning;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.Ownership;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes over devices of other syncs, at the step that they have reached: those that their sync no longer shows, and those
 * whose eSIM was made ready ahead of enrolment.
 */
@Component
class Takeovers {
    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);

    private final Ownership ownership;
    private final DeviceTransitions transitions;
    private final SettingsInForce inForce;

    Takeovers(Ownership ownership, DeviceTransitions transitions, SettingsInForce inForce) {
        this.ownership = ownership;
        this.transitions = transitions;
        this.inForce = inForce;
    }

    /** Takes over what the sync's inventory shows and may have. */
    void follow(Sync sync) {
        String customer = sync.celona().customerId();
        Set<SyncName> ahead = ahead();
        boolean isAhead = ahead.contains(sync.name());
        // one that is ahead shows the devices of all MDMs for ever, and would take those that an MDM has lost
        ownership
                .takeOver(sync.name(), customer, owner -> !isAhead || ahead.contains(owner))
                .forEach((eid, owner) -> LOG.info(
                        "an EID that sync {} no longer shows continues here, at the step it had reached", owner));
        followPrepared(sync, ahead);
    }

    /** Takes over what the sync's inventory shows and a sync ahead of enrolment has made ready. */
    void followPrepared(Sync sync) {
        followPrepared(sync, ahead());
    }

    private void followPrepared(Sync sync, Set<SyncName> ahead) {
        if (!ahead.contains(sync.name())) {
            ahead.forEach(owner -> takeOverPrepared(sync, sync.celona().customerId(), owner));
        }
        if (!sync.mdm().leavesPushToOthers()) {
            transitions.releaseEnrolled(sync.name());
        }
    }

    /** The syncs ahead of enrolment; a process that serves one sync alone hands over as well. */
    private Set<SyncName> ahead() {
        return inForce.settings().syncs().entrySet().stream()
                .filter(each -> each.getValue().mdm().isAheadOfEnrolment())
                .map(each -> new SyncName(each.getKey()))
                .collect(Collectors.toSet());
    }

    private void takeOverPrepared(Sync sync, String customer, SyncName owner) {
        int taken = ownership.takeOverPrepared(
                sync.name(),
                customer,
                owner,
                (device, eid) -> sync.scope().leavesOut(device, eid).isEmpty());
        if (taken > 0) {
            LOG.info("{} taken over from sync {}, which prepared the eSIM", Counted.words(taken, "device"), owner);
        }
    }
}
