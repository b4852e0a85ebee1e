package io.celonamdm.recovery;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DoubtFacts;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Resolves doubt by the inventory. An eSIM of the customer's pool under the device's own EID, which no other device has
 * and this one did not have before, can only be the one that Celona assigned to it.
 */
@Component
@Transactional
public class Evidence {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    private final InDoubt inDoubt;
    private final DoubtFacts facts;
    private final Audit audit;
    private final Clock clock;

    Evidence(InDoubt inDoubt, DoubtFacts facts, Audit audit, Clock clock) {
        this.inDoubt = inDoubt;
        this.facts = facts;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Ends the doubt about devices whose inventory records show their eSIM. Without {@code celona.iccid-prefixes} this
     * proves nothing: the eSIM may be another carrier's.
     */
    public void apply(Sync sync) {
        if (sync.celona().iccidPrefixes().isEmpty()) {
            return;
        }
        for (Doubtful device : inDoubt.list(sync.name())) {
            proof(sync, device).ifPresent(iccid -> adopt(sync, device, iccid));
        }
    }

    private Optional<Iccid> proof(Sync sync, Doubtful device) {
        List<Iccid> shown = device.mdm().iccids().stream()
                .flatMap(each -> Iccid.find(each).stream())
                .filter(iccid -> iccid.startsWithAny(sync.celona().iccidPrefixes()))
                .filter(iccid -> !facts.isAnotherEsim(iccid, device))
                .toList();
        return shown.stream().findFirst().filter(first -> shown.stream().allMatch(first::sameAs));
    }

    private void adopt(Sync sync, Doubtful device, Iccid iccid) {
        boolean first = inDoubt.decide(
                device,
                Step.ACTIVATE,
                device.requestId(),
                iccid,
                null,
                clock.instant().plus(sync.celona().provision().deadline()));
        if (first) {
            audit.note(
                    Audit.CONNECTOR,
                    sync.name(),
                    device.eid(),
                    "evidence",
                    "the inventory shows its eSIM",
                    "journal entry %d, ICCID %s".formatted(device.entry(), iccid.value()));
            LOG.info("a device is no longer in doubt: the inventory shows its eSIM {}", iccid.shortened());
        }
    }
}
