package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The enrolment that an eSIM was pushed to; null values are unknown and ignored.
 *
 * @param at the time of enrolment
 * @param managementId the management id of the command
 * @param mdmId the MDM's id of its record
 */
public record Enrolment(
        @Nullable Instant at,
        @Nullable String managementId,
        @Nullable String mdmId) {

    /** The signs of a re-enrolment since then, each as a text for people; may be empty. */
    public List<String> signsOfReEnrolment(MdmDevice shown) {
        List<String> signs = new ArrayList<>();
        Instant now = shown.enrolledAt();
        // the ledger keeps milliseconds
        if (at != null && now != null && now.truncatedTo(ChronoUnit.MILLIS).isAfter(at)) {
            signs.add("enrolled at %s, pushed to the enrolment of %s".formatted(now, at));
        }
        String id = shown.managementId();
        if (managementId != null && id != null && !id.equals(managementId)) {
            signs.add("has the management id %s, pushed to %s".formatted(id, managementId));
        }
        if (mdmId != null && !shown.id().equals(mdmId)) {
            signs.add("has the record %s, pushed to that of %s".formatted(shown.id(), mdmId));
        }
        return signs;
    }
}
