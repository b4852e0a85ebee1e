package io.celonamdm.operations.notices;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of an incident as receivers get it; {@code docs/examples/incident-event.schema.json} is its schema.
 *
 * @param version the version of this format
 * @param event {@code open}, {@code update} or {@code resolve}
 * @param id what tells this event from all others, however often it is sent
 * @param sequence which event of its incident it is, for a channel; they are sent in this order
 * @param incident the key of the incident, the same from its opening to its end
 * @param at when it happened
 * @param openedAt when the incident was opened
 * @param severity {@code critical} if the sync does not do its job, else {@code warning}
 * @param kind what waits for a person
 * @param code why
 * @param sync the sync's name
 * @param run the latest run of the sync that ended
 * @param plan the plan that waits for approval
 * @param title the incident in one line
 * @param reason the current state
 * @param meaning what the code means
 * @param todo what to do
 * @param devices the number of devices; 0 if it concerns the sync as a whole
 * @param eids some of these devices
 * @param link where the page shows it
 */
record IncidentEvent(
        int version,
        String event,
        String id,
        int sequence,
        String incident,
        Instant at,
        Instant openedAt,
        String severity,
        String kind,
        String code,
        String sync,
        @Nullable Long run,
        @Nullable Long plan,
        String title,
        String reason,
        String meaning,
        String todo,
        long devices,
        List<String> eids,
        @Nullable String link) {
    static final int VERSION = 1;
}
