package io.celonamdm.work;

import io.celonamdm.http.Failures;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.LedgerGone;
import io.celonamdm.ledger.LedgerTrouble;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes each failed call. What the ledger could not take for too long is told in the log: the next settlement puts the
 * devices of such an assign-eid in doubt, a person can adopt the answer, and the doubt ends by itself if the ledger is
 * back before this process ends.
 */
@Component
public class CallFailures {
    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    private final Setbacks setbacks;
    private final Failures failures;
    private final Queue<LedgerGone> unwritten = new ConcurrentLinkedQueue<>();

    CallFailures(Setbacks setbacks, Failures failures) {
        this.setbacks = setbacks;
        this.failures = failures;
    }

    /**
     * The call failed, or what it came to could not be written down.
     *
     * @return the dead letters
     */
    public List<DeadLetter> failed(
            @ExchangeProperty("work") Work work,
            @ExchangeProperty("call") @Nullable Call call,
            @Header(Exchange.HTTP_RESPONSE_CODE) @Nullable Integer status,
            @Body @Nullable Object body,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception exception) {
        // the whole failure: by @ExchangeException, Camel hands over the innermost cause
        LedgerGone gone = Failures.find(exception, LedgerGone.class);
        if (gone != null) {
            keep(work, call, "status %s: %s".formatted(status, body), gone);
            return List.of();
        }
        try {
            return setbacks.failed(work, call, exception);
        } catch (LedgerGone e) {
            keep(work, call, failures.of(exception).reason(), e);
            return List.of();
        }
    }

    private void keep(Work work, @Nullable Call call, String known, LedgerGone gone) {
        LOG.error(
                "{}; {} of {} devices, journal entry {}, came to this and it is not written down: {}",
                gone.getMessage(),
                work.kind(),
                work.devices().size(),
                call == null ? "none" : call.entry(),
                known);
        // the entry guards its devices, however late that is; without one, somebody else may be at them by then
        if (work.kind() == Work.Kind.ASSIGN && call != null && !call.isEmpty()) {
            unwritten.add(gone);
        }
    }

    /** Writes down what the ledger takes by now. */
    void write() {
        for (LedgerGone gone = unwritten.peek(); gone != null; gone = unwritten.peek()) {
            try {
                gone.transaction().run();
            } catch (RuntimeException e) {
                if (LedgerTrouble.is(e)) {
                    return;
                }
                LOG.error("what was known of a call could not be written down", e);
            }
            unwritten.remove(gone);
        }
    }
}
