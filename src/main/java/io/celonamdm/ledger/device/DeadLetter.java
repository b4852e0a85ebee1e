package io.celonamdm.ledger.device;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device that failed at a step for a reason that waiting does not fix.
 *
 * @param sync the sync's name
 * @param eid the eSIM chip
 * @param iccid the eSIM, if one was assigned
 * @param name the name sent to Celona
 * @param group the device group sent to Celona
 * @param mdmId the MDM's id of the device
 * @param step the step at which it failed
 * @param code the stable code of the reason
 * @param reason the reason in the vendor's words
 * @param attempts how often the step was tried
 * @param run the run in which it failed
 * @param firstAt when it first failed with this code at this step
 * @param lastAt when it last did
 * @param redriveAt when it is redriven automatically; null if only a person redrives it
 */
public record DeadLetter(
        SyncName sync,
        Eid eid,
        @Nullable Iccid iccid,
        @Nullable String name,
        @Nullable String group,
        @Nullable String mdmId,
        Step step,
        ReasonCode code,
        String reason,
        int attempts,
        @Nullable Long run,
        Instant firstAt,
        Instant lastAt,
        @Nullable Instant redriveAt) {}
