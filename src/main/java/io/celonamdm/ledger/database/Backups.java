package io.celonamdm.ledger.database;

import io.celonamdm.files.OwnersFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Describes the ledger's database, and backs up an H2 file while it is in use. */
@Repository
public class Backups {
    static final String FILE = ".mv.db";
    private static final String ZIP = ".zip";
    static final String FOLDER = "backup";

    /** Sorts by time, and is a valid file name on every file system. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final Clock clock;

    Backups(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
        this.clock = clock;
    }

    /**
     * The ledger's database.
     *
     * @param product the database's own name and version
     * @param url its JDBC address, without credentials and options
     * @param bytes its size; null if it is in memory
     * @param latestBackup the latest backup made here; null if there is none
     */
    public record Database(
            String product,
            String url,
            @Nullable Long bytes,
            @Nullable Backup latestBackup) {}

    /**
     * A complete backup.
     *
     * @param file its absolute path
     * @param bytes its size
     * @param at when it was finished
     */
    public record Backup(String file, long bytes, Instant at) {}

    /** Thrown if no backup can be made here; the message says what to do instead. */
    public static final class NotHere extends Exception {
        private static final long serialVersionUID = 1;

        NotHere(String message) {
            super(message);
        }
    }

    /** Describes the ledger's database. */
    public Database database() {
        Address address = address();
        Optional<Path> file = address.h2 ? file() : Optional.empty();
        Long bytes = address.h2
                ? file.map(Backups::size).orElse(null)
                : client.sql("select pg_database_size(current_database())")
                        .query(Long.class)
                        .single();
        return new Database(
                address.product + " " + address.version,
                bare(address.url),
                bytes,
                file.flatMap(Backups::latest).orElse(null));
    }

    /**
     * Copies the ledger into {@code backup/ledger-<time>.zip} beside its file while it is in use. The copy holds
     * everything committed before. The file gets that name only once it is complete.
     *
     * @throws NotHere if the ledger is not an H2 file
     * @throws UncheckedIOException if the folder cannot be written to
     */
    public synchronized Backup make() throws NotHere {
        if (!address().h2) {
            throw new NotHere("the ledger is on PostgreSQL; use pg_dump, which needs no stop either");
        }
        Path ledger = file().orElseThrow(() -> new NotHere("the ledger is in memory, and there is no file to back up"));
        Path folder = ledger.resolveSibling(FOLDER);
        Path made = folder.resolve("ledger-" + TIME.format(clock.instant()) + ZIP);
        Path part = folder.resolve(made.getFileName() + ".part");
        try {
            OwnersFiles.folder(folder);
            try {
                OwnersFiles.create(part);
                client.sql("backup to :file").param("file", part.toString()).update();
                OwnersFiles.keep(part);
                return backup(Files.move(part, made, StandardCopyOption.ATOMIC_MOVE));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the backup %s cannot be written".formatted(made), e);
        }
    }

    private record Address(String product, String version, String url, boolean h2) {}

    private Address address() {
        return jdbc.execute((Connection connection) -> {
            DatabaseMetaData data = connection.getMetaData();
            return new Address(
                    data.getDatabaseProductName(),
                    data.getDatabaseProductVersion(),
                    data.getURL(),
                    H2.isAt(connection));
        });
    }

    private Optional<Path> file() {
        return client.sql("select database_path()")
                .query(String.class)
                .optional()
                .map(path -> Path.of(path + FILE))
                .filter(Files::exists);
    }

    static Optional<Backup> latest(Path ledger) {
        Path folder = ledger.resolveSibling(FOLDER);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("ledger-.*\\.zip"))
                    .max(Comparator.comparing(Path::getFileName))
                    .map(Backups::backup);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be listed".formatted(folder), e);
        }
    }

    private static Backup backup(Path file) {
        try {
            return new Backup(
                    file.toString(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be looked at".formatted(file), e);
        }
    }

    private static long size(Path file) {
        return backup(file).bytes;
    }

    /** Removes options after the name and a login before the host. */
    private static String bare(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
