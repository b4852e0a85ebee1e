package io.celonamdm.work.failure;

import io.celonamdm.ledger.database.LedgerGone;
import io.celonamdm.ledger.database.LedgerTrouble;
import io.celonamdm.ledger.database.OutlastsOutages;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what is known nowhere else: at once, after an outage, or when a sweep finds the ledger back. */
@Component
public class LedgerBacklog {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerBacklog.class);

    private final Queue<LedgerGone> unwritten = new ConcurrentLinkedQueue<>();

    /**
     * Runs a repeatable transaction as soon as the ledger accepts it.
     *
     * @throws LedgerGone if the ledger accepted nothing for too long
     */
    @OutlastsOutages
    @Transactional
    <T> T write(Supplier<T> transaction) {
        return transaction.get();
    }

    /** Keeps a transaction that the ledger did not accept, for as long as this process lives. */
    void keep(LedgerGone gone) {
        unwritten.add(gone);
    }

    /** Runs the kept transactions that the ledger now accepts. */
    public void flush() {
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
