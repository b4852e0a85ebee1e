package io.celonamdm.story;

import io.celonamdm.ledger.database.Times;
import io.celonamdm.story.world.World;
import java.time.Duration;
import java.time.Instant;

/** Looks for work that nothing will take up, while the connector is at rest. */
final class Stranded {
    /** The sweep comes every minute. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private Stranded() {}

    /** Nothing is in flight, and nothing is due of a sync that may work. */
    static void look(Product product, World world) {
        Instant now = product.stage.clock.instant();
        boolean idle = product.ledger
                        .sql("select count(*) from sync where stopped is not null or quarantine_code is not null")
                        .query(Long.class)
                        .single()
                > 0;
        product.ledger
                .sql("""
                        select eid || ' is ' || place || ' at ' || step from device where place = 'IN_FLIGHT'
                            or (place = 'WAITING' and step <> 'ASSIGN' and due_at < :past and not :idle)
                        """)
                .param("past", Times.of(now.minus(SOON)))
                .param("idle", idle)
                .query(String.class)
                .list()
                .forEach(what -> world.violation("STRANDED", what + ", and nothing takes it up"));
    }
}
