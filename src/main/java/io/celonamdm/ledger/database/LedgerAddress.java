package io.celonamdm.ledger.database;

import com.zaxxer.hikari.HikariDataSource;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.files.OwnersFiles;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Checks the ledger's address. An H2 file is always opened with the options that the ledger's promises need, whatever
 * its address says. A database that would vanish with the process, or could lose a commit, is refused before anything
 * is written.
 */
@Component
class LedgerAddress implements BeanPostProcessor, Ordered {
    /** Set only by tests: allows a ledger in memory, or on the test's own file system. */
    static final String ANYWHERE = "ledger-of-a-test";

    private static final String URL = "spring.datasource.url";
    private static final String POOL_URL = "spring.datasource.hikari.jdbc-url";
    private static final String FOLDER = "connector.ledger.folder";
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** WRITE_DELAY: without it, H2 loses the commits of the last half second when the process is killed. */
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("MODE", "PostgreSQL");
        OPTIONS.put("DATABASE_TO_LOWER", "TRUE");
        OPTIONS.put("DEFAULT_NULL_ORDERING", "HIGH");
        OPTIONS.put("DB_CLOSE_ON_EXIT", "FALSE");
        OPTIONS.put("WRITE_DELAY", "0");
    }

    /** Each commit writes every page that it changed: compressed, they are less than half as large. An address may refuse it. */
    private static final Map<String, String> DEFAULTS = Map.of("COMPRESS", "TRUE");

    /**
     * The driver's timeouts, in seconds. It has none by default, and a silent server would hold a firing for ever. No
     * statement takes minutes. The address overrides these (PgJDBC, "Connection Parameters").
     */
    private static final Map<String, String> WAITS =
            Map.of("socketTimeout", "120", "connectTimeout", "10", "tcpKeepAlive", "true");

    /** Options that could cost a commit, the order of commits, or exclusive access to the file. */
    private static final Set<String> UNSAFE = Set.of(
            "LOG",
            "UNDO_LOG",
            "LOCK_MODE",
            "FILE_LOCK",
            "AUTO_SERVER",
            "ACCESS_MODE_DATA",
            "INIT",
            "IGNORE_UNKNOWN_SETTINGS",
            "DATABASE_TO_UPPER",
            "CASE_INSENSITIVE_IDENTIFIERS",
            "RETENTION_TIME",
            "REUSE_SPACE");

    /** A path of the operating system, not of H2's in-memory, zip or split file systems. */
    private static final Pattern PATH = Pattern.compile("(?:file:)?(?:[~./\\\\]|[A-Za-z]:[/\\\\]|[^:]+$).*");

    private final Environment environment;

    LedgerAddress(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSourceProperties settings && settings.getUrl() != null) {
            // before Spring looks for a driver: its error does not say what is wrong with the address
            safe(settings.getUrl());
        }
        if (bean instanceof HikariDataSource pool) {
            String url = safe(Objects.requireNonNullElse(pool.getJdbcUrl(), ""));
            makeFolder(url);
            pool.setJdbcUrl(url);
            if (url.startsWith(POSTGRESQL)) {
                WAITS.forEach(pool.getDataSourceProperties()::putIfAbsent);
            } else {
                EmbeddedDatabase.openFor(pool);
            }
        }
        return bean;
    }

    /** Makes the folder before H2 does, which would let everybody in. */
    private void makeFolder(String url) {
        String path = url.startsWith(H2) ? url.replaceFirst(";.*", "").substring(H2.length()) : "";
        if (path.isEmpty() || !PATH.matcher(path).matches()) {
            return;
        }
        Path file = Path.of(path.replaceFirst("^file:", "").replaceFirst("^~", System.getProperty("user.home")));
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        try {
            OwnersFiles.keep(OwnersFiles.folder(folder));
        } catch (IOException e) {
            throw unusable(folder, "cannot be made: " + FileTrouble.ofWriting(e));
        }
        if (!Files.isWritable(folder)) {
            throw unusable(folder, "cannot be written");
        }
        refuseLost(folder.resolve(file.getFileName() + Backups.FILE));
    }

    /** H2 makes a new ledger of an empty file, or of none: every device would be new, and assigned once more. */
    private void refuseLost(Path file) {
        if (!Files.exists(file)) {
            Backups.latest(file).ifPresent(backup -> {
                throw lost(file, "the ledger's file is missing, and %s is a backup of it".formatted(backup.file()));
            });
        } else if (file.toFile().length() == 0) {
            throw lost(file, "the ledger's file is empty");
        }
    }

    private InvalidSettingsException lost(Path file, String what) {
        return InvalidSettingsException.of(
                environment.containsProperty(FOLDER) ? FOLDER : URL,
                file.toString(),
                what + "; a new one would know no device, and assign each once more. Restore the latest backup as"
                        + " \"Restoring a backup\" in docs/operations.md says. If no night has run yet, remove an empty file;"
                        + " to start with an empty ledger, move the backups away");
    }

    private InvalidSettingsException unusable(Path folder, String why) {
        return InvalidSettingsException.of(
                environment.containsProperty(FOLDER) ? FOLDER : URL,
                folder.toString(),
                "the ledger's folder %s by the user that runs the connector, who is %s; grant that user the right, or choose another"
                                .formatted(why, System.getProperty("user.name"))
                        + " folder with connector.ledger.folder");
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /**
     * Returns the address with the options that the ledger needs.
     *
     * @throws InvalidSettingsException if a ledger there could not keep its promises; the message says what to write
     */
    String safe(String url) {
        if (url.startsWith(POSTGRESQL)) {
            return url;
        }
        if (url.startsWith(H2)) {
            return embedded(url);
        }
        String meant = url.matches("(?i)(?:jdbc:)?postgres(?:ql)?:.*")
                ? "the address of a PostgreSQL is written jdbc:postgresql://host:5432/database here, with user name and"
                        + " password as spring.datasource.username and spring.datasource.password"
                : "the ledger is in an H2 file, below connector.ledger.folder, or at an address such as"
                        + " jdbc:postgresql://host:5432/database";
        throw refused(url, meant);
    }

    private String embedded(String url) {
        String[] parts = url.split(";", -1);
        String path = parts[0].substring(H2.length());
        boolean anywhere = environment.getProperty(ANYWHERE, Boolean.class, false);
        if (!anywhere && !PATH.matcher(path).matches()) {
            throw refused(
                    url,
                    "a ledger is kept in a file of this machine: the database would be gone with the process, or is"
                            + " not written as the ledger needs it. Set connector.ledger.folder in place of the address");
        }
        Map<String, String> options = new LinkedHashMap<>(OPTIONS);
        for (int i = 1; i < parts.length; i++) {
            add(options, parts[i], url);
        }
        DEFAULTS.forEach(options::putIfAbsent);
        String folder = environment.getProperty(FOLDER);
        if (!anywhere && folder != null && !path.replaceFirst("^file:", "").equals(folder + "/ledger")) {
            throw refused(
                    url,
                    "names another place than connector.ledger.folder, which is %s; set only one of them"
                            .formatted(folder));
        }
        return H2
                + explicit(path)
                + options.entrySet().stream()
                        .map(option -> ";" + option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining());
    }

    private void add(Map<String, String> options, String option, String url) {
        if (option.isBlank()) {
            return;
        }
        String[] pair = option.split("=", 2);
        String key = pair[0].strip().toUpperCase(Locale.ROOT);
        String value = pair.length == 2 ? pair[1].strip() : "";
        String needed = OPTIONS.get(key);
        if (needed != null && !needed.equalsIgnoreCase(value)) {
            throw refused(
                    url,
                    "%s=%s would cost the ledger what it promises; leave %s out, it is always %s"
                            .formatted(key, value, key, needed));
        }
        if (UNSAFE.contains(key)) {
            throw refused(url, "%s would cost the ledger what it promises; leave it out".formatted(key));
        }
        options.putIfAbsent(key, value);
    }

    /** Marks a relative path as such; H2 refuses it otherwise. */
    private static String explicit(String path) {
        String bare = path.replaceFirst("^file:", "");
        boolean plain = !bare.contains(":") && !bare.matches("[~./\\\\].*");
        return plain ? "file:./" + bare : path;
    }

    private InvalidSettingsException refused(String url, String why) {
        String key = environment.containsProperty(POOL_URL) ? POOL_URL : URL;
        return InvalidSettingsException.of(key, shown(url), why);
    }

    /** Removes possible secrets from an address. */
    static String shown(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//******@");
    }
}
