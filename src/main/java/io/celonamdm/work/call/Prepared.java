package io.celonamdm.work.call;

import io.celonamdm.ledger.device.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of preparing a step's work, before anything is sent.
 *
 * @param call the call to make; null if no device is left for one
 * @param deadLetters devices that have already failed for good
 */
public record Prepared(@Nullable Call call, List<DeadLetter> deadLetters) {
    /** Nothing to send, and no failures. */
    public static final Prepared NOTHING = new Prepared(null, List.of());

    /** Copies the list. */
    public Prepared {
        deadLetters = List.copyOf(deadLetters);
    }
}
