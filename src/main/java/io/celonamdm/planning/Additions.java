package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Sizes;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Admits devices that a look between the nights shows for the first time, by the rules of a plan. It changes nothing
 * about a device that the inventory knows: it is not missing, not back, and not changed because of a look.
 */
@Component
public class Additions {
    private static final Logger LOG = LoggerFactory.getLogger(Additions.class);

    private final Inventory inventory;
    private final Fleet fleet;
    private final Newcomers newcomers;
    private final Handovers handovers;
    private final Looks looks;

    Additions(Inventory inventory, Fleet fleet, Newcomers newcomers, Handovers handovers, Looks looks) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.newcomers = newcomers;
        this.handovers = handovers;
        this.looks = looks;
    }

    /**
     * Admits the new ones of some devices, in one transaction. The guards count the devices of the day: those that looks
     * have admitted since the last night's plan and these. If a guard would hold them back, nothing is changed: the next
     * run's plan holds them back, and a person can approve it.
     *
     * @param night the latest run with a credible pull, to which the devices belong
     */
    @Transactional
    public void admit(Sync sync, Run night, Collection<MdmDevice> shown) {
        Map<Eid, MdmDevice> unknown =
                inventory.unknown(sync.name(), shown, sync.mdm().eidCheck());
        int found = (int) unknown.entrySet().stream()
                .filter(each ->
                        sync.scope().leavesOut(each.getValue(), each.getKey()).isEmpty())
                .count();
        ReasonCode guard = found == 0 ? null : guard(sync, found).orElse(null);
        if (guard != null) {
            String reason = "a look found %s; %s would hold them back, so they wait for the next run"
                    .formatted(Counted.words(found, "new device"), guard);
            LOG.warn("{}", reason);
            looks.answered(sync.name(), found, 0, guard, reason);
            return;
        }
        int admitted = 0;
        if (!unknown.isEmpty()) {
            inventory.add(sync.name(), unknown);
            handovers.followPrepared(sync);
            admitted = newcomers.enter(sync, night.id(), unknown.keySet()).admitted();
            LOG.info("a look found {}; {} admitted", Counted.words(found, "new device"), admitted);
        }
        looks.answered(sync.name(), found, admitted, null, null);
    }

    private Optional<ReasonCode> guard(Sync sync, int found) {
        int today = looks.find(sync.name()).map(Look::admitted).orElse(0);
        Sizes sizes = fleet.sizes(sync.name());
        return sync.guards().holdsBack(sizes.inventory() + found, sizes.known() - today, found + today);
    }
}
