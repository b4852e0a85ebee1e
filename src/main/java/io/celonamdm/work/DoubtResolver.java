package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DoubtFacts;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.ledger.device.Probes;
import io.celonamdm.ledger.run.Plans;
import io.celonamdm.ledger.run.Plans.Plan;
import io.celonamdm.settings.SyncSettings.WhenInDoubt;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Resolves doubts without a person where possible. It tells each device in doubt once to fetch an eSIM from the known
 * SM-DP+ address, which does no harm if none was assigned; later inventories are the evidence. A device that shows
 * nothing for long enough is left to a person. Nothing here leads to an assign-eid.
 */
@Component
@Transactional
public class DoubtResolver {
    private static final Logger LOG = LoggerFactory.getLogger(DoubtResolver.class);
    private static final int INVENTORIES = 2;

    private final InDoubt inDoubt;
    private final DoubtFacts facts;
    private final Probes probes;
    private final Plans plans;
    private final DueWorkPolicy dueWorkPolicy;
    private final Audit audit;
    private final Clock clock;

    DoubtResolver(
            InDoubt inDoubt,
            DoubtFacts facts,
            Probes probes,
            Plans plans,
            DueWorkPolicy dueWorkPolicy,
            Audit audit,
            Clock clock) {
        this.inDoubt = inDoubt;
        this.facts = facts;
        this.probes = probes;
        this.plans = plans;
        this.dueWorkPolicy = dueWorkPolicy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Tells devices in doubt to fetch an eSIM, each of them once.
     *
     * @return whether any were told
     */
    public boolean probe(Sync sync) {
        if (!mayProbe(sync)) {
            return false;
        }
        int told = 0;
        for (Doubtful device : inDoubt.list(sync.name())) {
            SmdpAddress address = address(sync, device);
            if (device.probedAt() == null
                    && device.step() != Step.PUSH
                    && Pushing.isCommandable(device.mdm())
                    && address != null
                    && inDoubt.decide(device, Step.PUSH, device.requestId(), null, address, null)) {
                audit.note(
                        Audit.CONNECTOR,
                        sync.name(),
                        device.eid(),
                        "probe",
                        "in-doubt is probe",
                        "journal entry %d, %s".formatted(device.entry(), address.host()));
                told++;
            }
        }
        if (told > 0) {
            LOG.info("{} in doubt: told to fetch an eSIM, in case there is one", Counted.words(told, "device"));
        }
        return told > 0;
    }

    /** Whether the sync may make calls that write, and no guard doubts its inventory. */
    private boolean mayProbe(Sync sync) {
        boolean credible = plans.latest(sync.name())
                .map(Plan::guard)
                .filter(ReasonCode.MIN_INVENTORY::equals)
                .isEmpty();
        return sync.settings().inDoubt() == WhenInDoubt.PROBE
                && sync.mdm().push().contains(PushWay.COMMAND)
                // a CSV order means work for a person, and is not made in passing
                && !"csv".equals(sync.platform())
                // the sync of its MDM tells it, once it is enrolled
                && !sync.mdm().isAheadOfEnrolment()
                && credible
                && dueWorkPolicy.mayCall(sync);
    }

    private @Nullable SmdpAddress address(Sync sync, Doubtful device) {
        String given = sync.celona().smdpAddress();
        return Optional.ofNullable(device.smdp())
                .or(() -> given.isEmpty()
                        ? facts.knownAddress(sync.celona().customerId())
                        : Optional.of(SmdpAddress.of(given)))
                .filter(address -> address.allowedBy(sync.celona().smdpHosts()))
                .orElse(null);
    }

    /** Counts a complete inventory for devices in doubt; leaves to a person those that showed nothing for too long. */
    void looked(Sync sync) {
        probes.inventoryShown(sync.name());
        Instant since = clock.instant().minus(sync.settings().inDoubtPatience());
        List<Doubtful> inVain = inDoubt.list(sync.name()).stream()
                .filter(device -> device.code() != ReasonCode.PROBED_IN_VAIN)
                .filter(device ->
                        device.probedAt() != null && !device.probedAt().isAfter(since))
                .filter(device -> device.inventories() >= INVENTORIES)
                .toList();
        inVain.forEach(device -> probes.inVain(device.id(), seen(sync, device)));
        if (!inVain.isEmpty()) {
            LOG.warn(
                    "{} in doubt: no eSIM shown since the device was told to fetch one",
                    Counted.words(inVain.size(), "device"));
        }
    }

    private static String seen(Sync sync, Doubtful device) {
        List<String> prefixes = sync.celona().iccidPrefixes();
        List<String> shown = device.mdm().iccids();
        Instant reported = device.mdm().inventoryAt();
        return "%s; %d complete inventories since show %s; %s"
                .formatted(
                        device.reason(),
                        device.inventories(),
                        shown.isEmpty()
                                ? "no eSIM on it"
                                : "%s on it, %s"
                                        .formatted(
                                                String.join(", ", shown),
                                                prefixes.isEmpty()
                                                        ? "which proves nothing without iccid-prefixes"
                                                        : "which is not proven to be of this assignment"),
                        reported == null ? "when it last reported is not known" : "it last reported at " + reported);
    }
}
