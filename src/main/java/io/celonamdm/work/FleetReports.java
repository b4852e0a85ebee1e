package io.celonamdm.work;

import io.celonamdm.device.FleetReport;
import io.celonamdm.ledger.Pull;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.Standings;
import io.celonamdm.sync.Sync;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands the platform's report route how the devices stand. */
@Component
public class FleetReports {
    private static final int PORTION = 500;

    private final Runs runs;
    private final Standings standings;

    FleetReports(Runs runs, Standings standings) {
        this.runs = runs;
        this.standings = standings;
    }

    /** The report of a firing that has come to its end. */
    public FleetReport of(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("pull") @Nullable Pull pull) {
        boolean planOnly = pull != null && pull.run().planOnly();
        boolean planned = pull != null
                && runs.find(pull.run().id())
                        .filter(run -> run.pull() == Run.Pull.DONE)
                        .isPresent();
        return new Report(standings, sync.name(), planned, planOnly);
    }

    /** What the ledger says when it is asked. */
    private record Report(Standings standings, String sync, boolean planned, boolean planOnly) implements FleetReport {
        @Override
        public Iterable<Row> devices() {
            return () -> new Portions(after -> standings.all(sync, after, PORTION));
        }

        @Override
        public Iterable<Row> downloads() {
            return () -> new Portions(after -> standings.downloading(sync, after, PORTION));
        }

        @Override
        public Map<String, Row> of(Collection<String> eids) {
            return standings.of(sync, eids);
        }
    }

    /** Rows in the order of their EIDs, of which one portion at a time is held. */
    private static final class Portions implements Iterator<FleetReport.Row> {
        private final Function<String, List<FleetReport.Row>> behind;
        private Iterator<FleetReport.Row> portion = List.<FleetReport.Row>of().iterator();
        private String last = "";

        Portions(Function<String, List<FleetReport.Row>> behind) {
            this.behind = behind;
        }

        @Override
        public boolean hasNext() {
            if (!portion.hasNext()) {
                portion = behind.apply(last).iterator();
            }
            return portion.hasNext();
        }

        @Override
        public FleetReport.Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            FleetReport.Row next = portion.next();
            last = next.eid();
            return next;
        }
    }
}
