package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows for a device from the answer of activation-from-file. */
public sealed interface Verdict {

    /**
     * The device has all that was asked for.
     *
     * @param warnings what did not work and does not keep the device from working
     */
    record Done(List<ReasonCode> warnings) implements Verdict {

        /** Copies the warnings. */
        public Done {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Waiting mends it.
     *
     * @param code what is waited for
     * @param reason what Celona wrote
     */
    record Later(ReasonCode code, String reason) implements Verdict {}

    /**
     * Waiting does not mend it.
     *
     * @param code what is wrong
     * @param reason what Celona wrote, or that it wrote nothing
     * @param redriveWith what a redrive is to send; null for what the sync sends anyway
     */
    record Dead(ReasonCode code, String reason, @Nullable OpCode redriveWith) implements Verdict {}

    /**
     * The customer's account does not allow what the settings ask for; further devices would meet the same.
     *
     * @param code what is wrong
     * @param reason what Celona wrote
     */
    record AccountProblem(ReasonCode code, String reason) implements Verdict {}
}
