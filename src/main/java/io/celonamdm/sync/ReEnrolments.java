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
 * Devices that were enrolled anew before they were done: the command went to an enrolment that is no more, so that it is
 * forgotten and the eSIM is pushed to the new one. None is assigned again.
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

    /** Has the eSIM pushed to the new enrolment of each device that the inventory shows with one. */
    void follow(Sync sync) {
        int followed = unfinished
                .shown(sync.name())
                .mapToInt(devices -> follow(sync, devices))
                .sum();
        if (followed > 0) {
            LOG.info(
                    "{} devices were enrolled anew before they were done, and their eSIM is pushed once more",
                    followed);
        }
    }

    private int follow(Sync sync, List<Pushed> devices) {
        List<Pushed> anew = devices.stream()
                .filter(device ->
                        !device.enrolment().signsOfANewOne(device.mdm()).isEmpty())
                .toList();
        if (!anew.isEmpty()) {
            unfinished.enrolledAnew(anew.stream().map(Pushed::id).toList());
            anew.forEach(device -> note(sync, device));
        }
        return anew.size();
    }

    private void note(Sync sync, Pushed device) {
        audit.note(
                Audit.CONNECTOR,
                sync.name(),
                device.eid().value(),
                "push",
                ReasonCode.RE_ENROLLED.name(),
                "at %s: %s"
                        .formatted(
                                device.step(),
                                String.join("; ", device.enrolment().signsOfANewOne(device.mdm()))));
    }
}
