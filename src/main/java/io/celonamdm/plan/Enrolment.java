package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The enrolment of a device to which its eSIM was pushed; what is null is not known, and says nothing.
 *
 * @param at when it had been enrolled
 * @param managementId the id under which it was commanded
 * @param mdmId the MDM's id of its record
 */
public record Enrolment(
        @Nullable Instant at,
        @Nullable String managementId,
        @Nullable String mdmId) {

    /** What shows that the device was enrolled anew since, each as a text for people; empty if nothing does. */
    public List<String> signsOfANewOne(MdmDevice shown) {
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
