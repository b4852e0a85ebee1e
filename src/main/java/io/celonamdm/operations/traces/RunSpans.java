package io.celonamdm.operations.traces;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.ledger.run.StaleFiringException;
import io.celonamdm.sync.RunEnded;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Records a span for each run, from its opening to its end. It is sent at the end, with an id that its calls already
 * used; until then a collector shows the calls below a missing span.
 */
@Component
@TracesSwitchedOn
class RunSpans {
    private static final Logger LOG = LoggerFactory.getLogger(RunSpans.class);
    private static final int MOST = 1000;

    private final Tracer tracer;
    private final RunSpanIds ids;
    private final Runs runs;
    /** A run may end on another replica unnoticed, so entries are dropped now and then, and found again. */
    private final Map<Long, Context> open = new ConcurrentHashMap<>();

    RunSpans(Tracer tracer, RunSpanIds ids, Runs runs) {
        this.tracer = tracer;
        this.ids = ids;
        this.runs = runs;
    }

    /** The parent of a run's calls; none while the ledger is unreachable, because tracing must never fail a call. */
    Optional<Context> of(long id) {
        Context known = open.get(id);
        return known == null ? find(id) : Optional.of(known);
    }

    private Optional<Context> find(long id) {
        try {
            return runs.find(id).map(this::keep);
        } catch (DataAccessException | StaleFiringException e) {
            LOG.debug("a call of run {} is not traced", id, e);
            return Optional.empty();
        }
    }

    private Context keep(Run run) {
        if (open.size() >= MOST) {
            open.clear();
        }
        return open.computeIfAbsent(run.id(), id -> Context.root().with(Span.wrap(RunSpanIds.of(run))));
    }

    @EventListener
    void ended(RunEnded ended) {
        Run run = ended.run();
        open.remove(run.id());
        Span span = ids.givenTo(
                run,
                () -> tracer.spanBuilder("run")
                        .setNoParent()
                        .setStartTimestamp(run.openedAt())
                        .setAttribute(SpanAttributes.SYNC, run.sync().value())
                        .setAttribute(SpanAttributes.RUN, run.id())
                        .setAttribute(SpanAttributes.CAUSE, run.cause().name())
                        .setAttribute(SpanAttributes.OUTCOME, ended.outcome().name())
                        .startSpan());
        span.end(ended.at());
    }
}
