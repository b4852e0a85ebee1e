package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Newcomer;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Admits devices that a look between the nights shows and no plan has decided about, by the rules of a plan. It changes nothing
 * about a device that the inventory knows: it is not missing, not back, and not changed because of a look.
 */
@Component
public class Additions {
    private static final Logger LOG = LoggerFactory.getLogger(Additions.class);

    private final Inventory inventory;
    private final Fleet fleet;
    private final Newcomers newcomers;
    private final Takeovers takeovers;
    private final Ownership ownership;
    private final Looks looks;

    Additions(
            Inventory inventory,
            Fleet fleet,
            Newcomers newcomers,
            Takeovers takeovers,
            Ownership ownership,
            Looks looks) {
        this.inventory = inventory;
        this.fleet = fleet;
        this.newcomers = newcomers;
        this.takeovers = takeovers;
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
        String customer = sync.celona().customerId();
        SortedMap<Eid, MdmDevice> usable = inventory.usable(shown, sync.mdm().eidCheck());
        SortedMap<Eid, MdmDevice> unknown = inventory.unknown(sync.name(), usable);
        SortedMap<Eid, MdmDevice> undecided = new TreeMap<>(unknown);
        planned(sync, customer, usable.keySet()).forEach(each -> undecided.put(each.eid(), each.mdm()));
        Set<Eid> served = ownership.ofOthers(sync.name(), customer, undecided.keySet());
        List<Eid> found = undecided.entrySet().stream()
                .filter(each -> isInScope(sync, each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        int fresh = (int) found.stream().filter(eid -> !served.contains(eid)).count();
        ReasonCode guard = fresh == 0 ? null : guard(sync, fresh).orElse(null);
        if (guard == null) {
            int admitted = enter(sync, night, unknown, undecided.keySet());
            looks.answered(sync.name(), found.size(), admitted, null, null);
            return;
        }
        String reason = "a look found %s; %s would hold them back, so they wait for the next run"
                .formatted(Counted.words(fresh, "new device"), guard);
        LOG.warn("{}", reason);
        unknown.keySet().retainAll(served);
        undecided.keySet().retainAll(served);
        enter(sync, night, unknown, undecided.keySet());
        looks.answered(sync.name(), found.size(), 0, guard, reason);
    }

    /** Those that only a run that planned has shown. Before the first night, these are the whole fleet, which it decides about. */
    private List<Newcomer> planned(Sync sync, String customer, Set<Eid> eids) {
        List<Newcomer> planned = fleet.newcomers(sync.name(), customer, eids)
                .filter(each -> each.isNew() && isInScope(sync, each.eid(), each.mdm()))
                .toList();
        return planned.isEmpty() || fleet.sizes(sync.name()).known() == 0 ? List.of() : planned;
    }

    private static boolean isInScope(Sync sync, Eid eid, MdmDevice device) {
        return sync.scope().leavesOut(device, eid).isEmpty();
    }

    private int enter(Sync sync, Run night, Map<Eid, MdmDevice> unknown, Set<Eid> undecided) {
        if (undecided.isEmpty()) {
            return 0;
        }
        inventory.add(sync.name(), unknown);
        takeovers.followPrepared(sync);
        int admitted = newcomers.enter(sync, night.id(), undecided).admitted();
        LOG.info(
                "a look found {} that no plan has decided about; {} admitted",
                Counted.words(undecided.size(), "device"),
                admitted);
        return admitted;
    }

    private Optional<ReasonCode> guard(Sync sync, int found) {
        int today = looks.find(sync.name()).map(Look::admitted).orElse(0);
        Sizes sizes = fleet.sizes(sync.name());
        return sync.guards().holdsBack(sizes.inventory() + found, sizes.known() - today, found + today);
    }
}
