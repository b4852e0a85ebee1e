package io.celonamdm.sync;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.Audit;
import io.celonamdm.ledger.Unfinished;
import io.celonamdm.ledger.Unfinished.Pushed;
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
    private static final int CHUNK = 500;

    private final Unfinished unfinished;
    private final Audit audit;

    ReEnrolments(Unfinished unfinished, Audit audit) {
        this.unfinished = unfinished;
        this.audit = audit;
    }

    /** Pushes the eSIM to the new enrolment of each device that the inventory shows with one. */
    void follow(Sync sync) {
        int followed = 0;
        List<Long> ids = unfinished.ids(sync.name());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Pushed> anew = unfinished.of(ids.subList(from, Math.min(ids.size(), from + CHUNK))).stream()
                    .filter(device ->
                            !device.enrolment().signsOfANewOne(device.mdm()).isEmpty())
                    .toList();
            if (!anew.isEmpty()) {
                unfinished.enrolledAnew(anew.stream().map(Pushed::id).toList());
                anew.forEach(device -> note(sync, device));
                followed += anew.size();
            }
        }
        if (followed > 0) {
            LOG.info("{} devices re-enrolled before they were done; their eSIM is pushed once more", followed);
        }
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
                                String.join("; ", device.enrolment().signsOfANewOne(device.mdm()))));
    }
}
