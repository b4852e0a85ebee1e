package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The file of an H2 ledger with and without compaction. */
class CompactionTest {
    private static final int DEVICES = 10_000;

    @TempDir
    Path folder;

    @Test
    void theFileDoesNotGrowFarBeyondItsContent() throws IOException {
        long left = afterManyNights("left", false);
        long compacted = afterManyNights("compacted", true);

        assertThat(compacted).isLessThan(left * 2 / 3);
    }

    private static void manyNights(JdbcTemplate jdbc, Runnable compaction) {
        Random random = new Random(1);
        jdbc.update(
                "insert into device select x, random_uuid(), 'DONE', repeat('x', 600) from system_range(1, ?)",
                DEVICES);
        for (int night = 0; night < 80; night++) {
            for (int call = 0; call < 50; call++) {
                int device = 1 + random.nextInt(DEVICES);
                jdbc.update("update device set state = 'IN_FLIGHT' where id = ?", device);
                jdbc.update("update device set state = 'DONE' where id = ?", device);
            }
            compaction.run();
        }
    }

    private long afterManyNights(String name, boolean compacting) throws IOException {
        // what is dead is gone at once, as if each night came long after the one before
        String url = "jdbc:h2:file:%s;WRITE_DELAY=0;RETENTION_TIME=0".formatted(folder.resolve(name));
        SingleConnectionDataSource source = new SingleConnectionDataSource(url, true);
        try {
            JdbcTemplate jdbc = new JdbcTemplate(source);
            Compaction compaction = new Compaction(jdbc);
            jdbc.execute("create table device (id int primary key, eid varchar, state varchar, record varchar)");
            jdbc.execute("create index device_eid on device (eid, state)");
            jdbc.execute("create index device_state on device (state, id)");
            manyNights(jdbc, compacting ? compaction::compact : () -> {});
            assertThat(jdbc.queryForObject("select count(*) from device where length(record) = 600", Integer.class))
                    .isEqualTo(DEVICES);
            return Files.size(folder.resolve(name + ".mv.db"));
        } finally {
            source.destroy();
        }
    }
}
