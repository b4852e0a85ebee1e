package io.celonamdm.bench;

import io.celonamdm.simulator.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;

/** A fleet whose devices are all done, with the ledger that says so, and nights in which nothing changes. */
final class KnownFleet implements AutoCloseable {
    private static final String SYNC = "warehouse";
    private static final String OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE";

    private final JamfPages pages;
    private final int devices;
    private final Path folder;

    KnownFleet(int devices, Path folder) {
        this.devices = devices;
        this.folder = folder;
        pages = new JamfPages(devices);
    }

    /** How many devices it has. */
    int devices() {
        return devices;
    }

    /** The MDM's inventory of it. */
    JamfPages pages() {
        return pages;
    }

    /**
     * Has the connector take all devices into its ledger, says there that all of them are done, and has it compare them
     * once.
     */
    void prepare(Application application, List<String> options) {
        try (Connector connector = start(application, options, true)) {
            connector.night(SYNC);
        }
        done();
        try (Connector connector = start(application, options, false)) {
            night(connector);
        }
        try {
            FileUtils.copyFile(
                    folder.resolve("data/ledger.mv.db").toFile(),
                    folder.resolve("copy/ledger.mv.db").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the connector on the ledger that was prepared. */
    Connector start(Application application, List<String> options) {
        return start(application, options, false);
    }

    /** Lets a night pass, and returns how long it took from the first page to the end of the run. */
    Duration night(Connector connector) {
        Instant end = connector.night(SYNC);
        return Duration.between(pages.firstRequest(), end);
    }

    /** A copy of the ledger, which no process holds open. */
    Connection copy() throws SQLException {
        return open("copy");
    }

    private Connector start(Application application, List<String> options, boolean paused) {
        Map<String, String> sync = new TreeMap<>();
        sync.put("schedule", "0 30 4 * * ?");
        sync.put("paused", String.valueOf(paused));
        sync.put("mdm.platform", "jamf");
        sync.put("mdm.base-url", pages.url());
        sync.put("mdm.client-id", Simulation.CLIENT_ID);
        sync.put("mdm.client-secret", Simulation.CLIENT_SECRET);
        sync.put("mdm.page-size", String.valueOf(JamfPages.PAGE_SIZE));
        sync.put("celona.customer-id", Simulation.CUSTOMER_ID);
        sync.put("celona.api-key", Simulation.API_KEY);
        sync.put("guards.max-new", "10000000");
        sync.put("guards.max-new-percent", "1000000");
        Map<String, String> settings = new TreeMap<>();
        sync.forEach((key, value) -> settings.put("connector.syncs." + SYNC + "." + key, value));
        settings.put("connector.http.requests-per-second", "100000");
        return Connector.start(application, folder, options, settings);
    }

    private void done() {
        try (Connection connection = open("data");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    update device d set step = 'DONE', place = 'DONE', due_at = null, assigned_at = created_at,
                        pushed_at = created_at, activated_at = created_at, grouped_at = created_at, done_at = created_at,
                        device_group = '', smdp_host = 'sm-v4-072-d-gtm.pr.go-esim.com', request_id = 'r',
                        name = (select 'Warehouse iPhone ' || i.mdm_id from inventory i where i.sync = d.sync and i.eid = d.eid),
                        iccid = (select '%s' || i.mdm_id from inventory i where i.sync = d.sync and i.eid = d.eid)
                    """.formatted(Numbering.iccidPrefix()));
            statement.executeUpdate("""
                    insert into journal_device (journal_id, device_id, eid, iccid, name, device_group, activated, grouped)
                    select 1 + (id - 1) / 200, id, eid, iccid, name, '', true, true from device
                    """);
            statement.execute("shutdown compact");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection open(String directory) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve(directory).resolve("ledger").toAbsolutePath() + OPTIONS);
    }

    @Override
    public void close() {
        pages.close();
        try {
            if (Files.exists(folder)) {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
