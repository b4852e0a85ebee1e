package io.celonamdm.planning;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.inventory.DriftChecks;
import io.celonamdm.ledger.inventory.DriftChecks.Compared;
import io.celonamdm.ledger.inventory.DriftChecks.Subject;
import io.celonamdm.ledger.inventory.Drifts;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.plan.Comparison;
import io.celonamdm.plan.Comparison.Rules;
import io.celonamdm.plan.Comparison.Sent;
import io.celonamdm.settings.SyncSettings.ReEnrol;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Compares done devices with a complete pull. Differences from what was sent are drift, which is reported without
 * action, except that a setting may push to re-enrolled devices. A device that re-enrolled before it was done is always
 * pushed to again.
 */
@Component
class DriftWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    private final DriftChecks driftChecks;
    private final Drifts drifts;
    private final DeviceCounts counts;
    private final DeviceTransitions transitions;
    private final Audit audit;
    private final ReEnrolments reEnrolments;
    private final Syncs syncs;

    DriftWatch(
            DriftChecks driftChecks,
            Drifts drifts,
            DeviceCounts counts,
            DeviceTransitions transitions,
            Audit audit,
            ReEnrolments reEnrolments,
            Syncs syncs) {
        this.driftChecks = driftChecks;
        this.drifts = drifts;
        this.counts = counts;
        this.transitions = transitions;
        this.audit = audit;
        this.reEnrolments = reEnrolments;
        this.syncs = syncs;
    }

    /** Records which records changed in a complete pull, before it becomes the inventory. */
    void notice(Pull pull) {
        if (!pull.isComplete()) {
            throw new IllegalStateException("an incomplete pull shows no drift");
        }
        driftChecks.recordsChanged(pull);
    }

    /** Takes from a complete pull, which is the inventory by now, what the comparison of no record tells. */
    void look(Sync sync, Run run) {
        SyncName name = sync.name();
        drifts.gone(name, run.id());
        drifts.claimed(
                name,
                sync.celona().customerId(),
                // a sync that is ahead of enrolment shows the devices of others for ever
                syncs.all().stream()
                        .filter(each -> !each.mdm().isAheadOfEnrolment())
                        .map(Sync::name)
                        .toList(),
                run.id());
        if (!run.planOnly()) {
            reEnrolments.follow(sync);
        }
    }

    /**
     * Compares some of the devices whose record changed, or that became done since the last time, and then some of those
     * that other rules have compared. Each piece is complete in itself, and the ledger knows how far they have come.
     *
     * @return whether devices may be left
     */
    boolean compareSome(Sync sync, Run run) {
        SyncName name = sync.name();
        String rules = fingerprint(sync);
        List<Subject> subjects = driftChecks.next(name);
        if (subjects.isEmpty()) {
            Optional<String> reached = driftChecks.reached(name, rules);
            subjects = reached.map(eid -> driftChecks.after(name, eid)).orElse(List.of());
            if (!subjects.isEmpty()) {
                Subject last = subjects.get(subjects.size() - 1);
                driftChecks.reached(name, rules, last.device().eid());
            }
        }
        if (subjects.isEmpty()) {
            end(sync, run, rules);
            return false;
        }
        List<Compared> compared = subjects.stream()
                .map(subject -> new Compared(subject, compare(sync, subject)))
                .toList();
        driftChecks.compared(name, run.id(), compared);
        return true;
    }

    private void end(Sync sync, Run run, String rules) {
        SyncName name = sync.name();
        if (sync.settings().onReEnrol() == ReEnrol.PUSH && !run.planOnly()) {
            List<Eid> pushed = transitions.pushReEnrolled(name);
            pushed.forEach(eid -> audit.note(
                    Audit.CONNECTOR, name, eid, "push", ReasonCode.RE_ENROLLED.name(), "on-re-enrol is push"));
            if (!pushed.isEmpty()) {
                LOG.info("{} re-enrolled; the eSIM is pushed once more", Counted.words(pushed.size(), "device"));
            }
        }
        driftChecks.forgetUndone(name);
        driftChecks.comparedBy(name, rules);
        Map<String, Long> drift = counts.driftByCode(name);
        if (!drift.isEmpty()) {
            LOG.warn("drift: {}; GET /actuator/drift/{} lists it", drift, name);
        }
    }

    private static Comparison compare(Sync sync, Subject subject) {
        Device device = subject.device();
        Sent sent = new Sent(
                device.iccid(),
                device.name(),
                sync.celona().opCode().groups() ? device.group() : null,
                subject.enrolledAt(),
                subject.managementId(),
                subject.verifiedBefore());
        String name = sync.names().of(device.mdm(), device.eid());
        String own = device.name();
        Rules rules = new Rules(
                own != null && sync.distinctNames().isFrom(name, device.eid(), own) ? own : name,
                sync.groups().of(device.mdm()),
                sync.celona().iccidPrefixes());
        return Comparison.of(sent, device.mdm(), rules);
    }

    /** Changes with any setting of the sync; a needless comparison costs only time. */
    private static String fingerprint(Sync sync) {
        return DigestUtils.md5DigestAsHex(sync.settings().toString().getBytes(StandardCharsets.UTF_8));
    }
}
