package io.celonamdm.platform.intune.graph;

import io.celonamdm.http.HostLimits;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands batches the answers to their calls, one call after another or several at once. */
@Component
public class GraphBatches {
    private final HostLimits limits;
    private final Clock clock;

    GraphBatches(HostLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Waits until the host's limit has room for all requests of the next call: Graph counts each of them. */
    public void awaitRoom(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("batch") GraphBatch batch)
            throws InterruptedException {
        batch.begins();
        if (!batch.hasRoom()) {
            // the call itself counts as the first of them
            limits.await(sync.mdm().graphUrl(), batch.size() - 1);
            batch.gotRoom();
        }
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

    /**
     * Has a call made again that was throttled as a whole.
     *
     * @throws HttpOperationFailedException the refusal, if it is no throttling, or lasts too long
     */
    public void throttled(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) HttpOperationFailedException refusal,
            @ExchangeProperty("batch") GraphBatch batch)
            throws HttpOperationFailedException {
        batch.throttled(refusal, clock.instant());
    }

    /** Begins to make several calls at once, within the number of concurrent calls in the settings. */
    public void begin(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("batches") ParallelBatches batches) {
        batches.begin(sync.mdm().maxConcurrency());
    }

    /** Records the failure of one of several calls. */
    public void failed(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @ExchangeProperty("batches") ParallelBatches batches) {
        batches.failed(failure);
    }

    /**
     * Ends several calls at once.
     *
     * @throws Exception the first failure of one of them, as that call has thrown it
     */
    public void end(@ExchangeProperty("batches") ParallelBatches batches) throws Exception {
        Optional<Exception> failure = batches.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
