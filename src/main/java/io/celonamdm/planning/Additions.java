package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Sizes;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.Ownership;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Ownership ownership;
    private final Looks looks;

    Additions(
            Inventory inventory,
            Fleet fleet,
            Newcomers newcomers,
            Handovers handovers,
            Ownership ownership,
            Looks looks) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.newcomers = newcomers;
        this.handovers = handovers;
        this.ownership = ownership;
        this.looks = looks;
    }

    /**
     * Admits the new ones of some devices, in one transaction. The guards count the devices of the day: those that looks
     * have admitted since the last night's plan and these. If a guard would hold them back, they stay unknown: the next
     * run's plan holds them back, and a person can approve it. A device whose eSIM another sync has made ready goes on in
     * any case.
     *
     * @param night the latest run with a credible pull, to which the devices belong
     */
    @Transactional
    public void admit(Sync sync, Run night, Collection<MdmDevice> shown) {
        Map<Eid, MdmDevice> unknown =
                inventory.unknown(sync.name(), shown, sync.mdm().eidCheck());
        Set<Eid> served = ownership.ofOthers(sync.name(), sync.celona().customerId(), unknown.keySet());
        List<Eid> found = unknown.entrySet().stream()
                .filter(each ->
                        sync.scope().leavesOut(each.getValue(), each.getKey()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        int fresh = (int) found.stream().filter(eid -> !served.contains(eid)).count();
        ReasonCode guard = fresh == 0 ? null : guard(sync, fresh).orElse(null);
        if (guard == null) {
            int admitted = add(sync, night, unknown, found.size());
            looks.answered(sync.name(), found.size(), admitted, null, null);
            return;
        }
        String reason = "a look found %s; %s would hold them back, so they wait for the next run"
                .formatted(Counted.words(fresh, "new device"), guard);
        LOG.warn("{}", reason);
        unknown.keySet().retainAll(served);
        add(sync, night, unknown, unknown.size());
        looks.answered(sync.name(), found.size(), 0, guard, reason);
    }

    private int add(Sync sync, Run night, Map<Eid, MdmDevice> unknown, int found) {
        if (unknown.isEmpty()) {
            return 0;
        }
        inventory.add(sync.name(), unknown);
        handovers.followPrepared(sync);
        int admitted = newcomers.enter(sync, night.id(), unknown.keySet()).admitted();
        LOG.info("a look found {}; {} admitted", Counted.words(found, "new device"), admitted);
        return admitted;
    }

    private Optional<ReasonCode> guard(Sync sync, int found) {
        int today = looks.find(sync.name()).map(Look::admitted).orElse(0);
        Sizes sizes = fleet.sizes(sync.name());
        return sync.guards().holdsBack(sizes.inventory() + found, sizes.known() - today, found + today);
    }
}
