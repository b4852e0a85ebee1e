package io.celonamdm.work;

import io.celonamdm.ledger.device.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step has made of its work before anything is sent.
 *
 * @param call the call that is to be made; null if no device is left for one
 * @param deadLetters devices that have failed for good already
 */
public record Prepared(@Nullable Call call, List<DeadLetter> deadLetters) {
    /** Nothing is to be sent, and nothing has failed. */
    static final Prepared NOTHING = new Prepared(null, List.of());

    /** Copies the list. */
    public Prepared {
        deadLetters = List.copyOf(deadLetters);
    }
}
