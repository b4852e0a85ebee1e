package io.celonamdm.ledger.database;

import io.celonamdm.files.OwnersFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Restricts the files of an H2 ledger to the user of this process, including those that H2 creates later, such as an
 * error trace.
 */
@Component
class LedgerFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFiles.class);

    /** The ledger's file without its extension; null if the ledger is not in a file. */
    private final @Nullable Path ledger;

    LedgerFiles(JdbcTemplate jdbc) {
        Optional<String> path = Boolean.TRUE.equals(jdbc.execute(H2::isAt))
                ? Optional.ofNullable(jdbc.queryForObject("select database_path()", String.class))
                : Optional.empty();
        ledger = path.map(Path::of)
                .filter(file -> Files.exists(file.resolveSibling(file.getFileName() + ".mv.db")))
                .orElse(null);
        keep();
    }

    @Scheduled(fixedDelay = 5, initialDelay = 5, timeUnit = TimeUnit.SECONDS)
    void keep() {
        if (ledger == null) {
            return;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(ledger.resolveSibling(""), ledger.getFileName() + ".*")) {
            for (Path file : files) {
                OwnersFiles.keep(file);
            }
            keepFolder(ledger.resolveSibling(Backups.FOLDER));
        } catch (IOException e) {
            LOG.warn("the files of the ledger {} cannot be kept from other users: {}", ledger, e.toString());
        }
    }

    private static void keepFolder(Path backups) throws IOException {
        OwnersFiles.keep(backups);
        if (Files.isDirectory(backups)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(backups)) {
                for (Path file : files) {
                    OwnersFiles.keep(file);
                }
            }
        }
    }
}
