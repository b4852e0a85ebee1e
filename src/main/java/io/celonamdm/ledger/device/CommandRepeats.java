package io.celonamdm.ledger.device;

import io.celonamdm.ledger.database.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Commands that are sent again because the MDM shows no sign of them. */
@Repository
@Transactional
public class CommandRepeats {
    private final JdbcClient jdbc;

    CommandRepeats(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The command last sent to a device.
     *
     * @param sentAt when it was sent; null if unknown
     * @param repeats how often a command was repeated before
     */
    public record Command(@Nullable Instant sentAt, int repeats) {}

    /** The command last sent to a device. */
    @Transactional(readOnly = true)
    public Command latest(long device) {
        return jdbc.sql("select commanded_at, repeats from device where id = :id")
                .param("id", device)
                .query((row, number) -> new Command(Times.nullable(row, "commanded_at"), row.getInt("repeats")))
                .single();
    }

    /** Forgets a device's command, so that the next push sends another one, and counts the repeat. */
    public void repeat(long device) {
        jdbc.sql("update device set push_reference = null, repeats = repeats + 1 where id = :id")
                .param("id", device)
                .update();
    }
}
