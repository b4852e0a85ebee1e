package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consequence for a device of the answer of activation-from-file. */
public sealed interface Verdict {

    /**
     * The device has everything that was requested.
     *
     * @param warnings failures that do not keep the device from working
     */
    record Done(List<ReasonCode> warnings) implements Verdict {

        /** Copies the warnings. */
        public Done {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A transient failure: waiting may resolve it.
     *
     * @param code what the device waits for
     * @param reason what Celona wrote
     */
    record Later(ReasonCode code, String reason) implements Verdict {}

    /**
     * A permanent failure.
     *
     * @param code what is wrong
     * @param reason what Celona wrote, or a note that it wrote nothing
     * @param redriveWith what a redrive sends; null for the sync's usual op code
     */
    record Dead(ReasonCode code, String reason, @Nullable OpCode redriveWith) implements Verdict {}

    /**
     * The customer's account does not allow what the settings request; every other device would fail too.
     *
     * @param code what is wrong
     * @param reason what Celona wrote
     */
    record AccountProblem(ReasonCode code, String reason) implements Verdict {}
}
