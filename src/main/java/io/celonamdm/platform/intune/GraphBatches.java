package io.celonamdm.platform.intune;

import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands a batch the answers to its calls. */
@Component
public class GraphBatches {
    private final Clock clock;

    GraphBatches(Clock clock) {
        this.clock = clock;
    }

    /**
     * Processes the answer to a call.
     *
     * @throws HttpOperationFailedException if requests are throttled again and again
     */
    public void read(@Body @Nullable Object answer, @ExchangeProperty("batch") GraphBatch batch)
            throws HttpOperationFailedException {
        batch.read(answer, clock.instant());
    }
}
