package io.celonamdm.planning;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.inventory.Unfinished;
import io.celonamdm.ledger.inventory.Unfinished.Pushed;
import io.celonamdm.sync.Sync;
import io.celonamdm.text.Counted;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Handles devices that re-enrolled before they were done. Their command went to an enrolment that no longer exists, so
 * it is dropped and the eSIM is pushed to the new enrolment. No eSIM is assigned again.
 */
@Component
class ReEnrolments {
    private static final Logger LOG = LoggerFactory.getLogger(ReEnrolments.class);

    private final Unfinished unfinished;
    private final Audit audit;

    ReEnrolments(Unfinished unfinished, Audit audit) {
        this.unfinished = unfinished;
        this.audit = audit;
    }

    /** Pushes the eSIM to the new enrolment of each device that the inventory shows with one. */
    void follow(Sync sync) {
        int followed = unfinished
                .shown(sync.name())
                .mapToInt(devices -> follow(sync, devices))
                .sum();
        if (followed > 0) {
            LOG.info("{} re-enrolled before the end; the eSIM is pushed once more", Counted.words(followed, "device"));
        }
    }

    private int follow(Sync sync, List<Pushed> devices) {
        List<Pushed> reEnrolled = devices.stream()
                .filter(device ->
                        !device.enrolment().signsOfReEnrolment(device.mdm()).isEmpty())
                .toList();
        if (!reEnrolled.isEmpty()) {
            unfinished.reEnrolled(reEnrolled.stream().map(Pushed::id).toList());
            reEnrolled.forEach(device -> note(sync, device));
        }
        return reEnrolled.size();
    }

    private void note(Sync sync, Pushed device) {
        audit.note(
                Audit.CONNECTOR,
                sync.name(),
                device.eid(),
                "push",
                ReasonCode.RE_ENROLLED.name(),
                "at %s: %s"
                        .formatted(
                                device.step(),
                                String.join("; ", device.enrolment().signsOfReEnrolment(device.mdm()))));
    }
}
