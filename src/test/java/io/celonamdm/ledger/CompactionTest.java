package io.celonamdm.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The file of an H2 ledger over many nights. */
class CompactionTest {
    private static final int DEVICES = 2_000;
    private static final int NIGHTS = 40;

    @TempDir
    Path folder;

    @Test
    void theFileDoesNotGrowFarBeyondItsContent() throws IOException {
        long left = afterManyNights("left", false);
        long compacted = afterManyNights("compacted", true);

        assertThat(compacted).isLessThan(left / 2);
    }

    private long afterManyNights(String name, boolean compacting) throws IOException {
        // a chunk is used again at once, as if each night came a minute after the one before
        String url = "jdbc:h2:file:%s;WRITE_DELAY=0;RETENTION_TIME=0".formatted(folder.resolve(name));
        SingleConnectionDataSource source = new SingleConnectionDataSource(url, true);
        try {
            JdbcTemplate jdbc = new JdbcTemplate(source);
            Compaction compaction = new Compaction(jdbc);
            Random random = new Random(1);
            jdbc.execute("create table device (id int primary key, state varchar, record varchar)");
            jdbc.execute("create index device_state on device (state, id)");
            jdbc.update("insert into device select x, 'DONE', repeat('x', 600) from system_range(1, ?)", DEVICES);
            for (int night = 0; night < NIGHTS; night++) {
                for (int call = 0; call < 50; call++) {
                    int device = 1 + random.nextInt(DEVICES);
                    jdbc.update("update device set state = 'IN_FLIGHT' where id = ?", device);
                    jdbc.update("update device set state = 'DONE' where id = ?", device);
                }
                if (compacting) {
                    compaction.compact();
                }
            }
            assertThat(jdbc.queryForObject(
                            "select count(*) from device where state = 'DONE' and length(record) = 600", Integer.class))
                    .isEqualTo(DEVICES);
            return Files.size(folder.resolve(name + ".mv.db"));
        } finally {
            source.destroy();
        }
    }
}
