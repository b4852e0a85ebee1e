package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class LedgerAddressTests {
    private static final String OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    private static final String COMPRESSED = ";COMPRESS=TRUE";

    private final MockEnvironment environment = new MockEnvironment();
    private final LedgerAddress address = new LedgerAddress(environment);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:./data/ledger",
                "jdbc:h2:./data/ledger",
                "jdbc:h2:~/ledger",
                "jdbc:h2:/var/lib/connector/ledger",
                "jdbc:h2:file:C:/connector/ledger"
            })
    void aFileHasTheOptionsThatTheLedgerNeeds(String url) {
        assertThat(address.safe(url)).isEqualTo(url + OPTIONS + COMPRESSED);
        assertThat(address.safe(url + OPTIONS)).isEqualTo(url + OPTIONS + COMPRESSED);
        assertThat(address.safe(url + ";write_delay=0;CACHE_SIZE=65536"))
                .isEqualTo(url + OPTIONS + ";CACHE_SIZE=65536" + COMPRESSED);
    }

    @Test
    void aFileThatIsNotToBeCompressedIsNot() {
        assertThat(address.safe("jdbc:h2:file:./data/ledger;compress=FALSE"))
                .isEqualTo("jdbc:h2:file:./data/ledger" + OPTIONS + ";COMPRESS=FALSE");
    }

    @Test
    void aRelativeFolderIsOneOfTheWorkingDirectory() {
        environment.setProperty("connector.ledger.folder", "var");

        assertThat(address.safe("jdbc:h2:file:var/ledger"))
                .isEqualTo("jdbc:h2:file:./var/ledger" + OPTIONS + COMPRESSED);
    }

    @Test
    void thePoolIsGivenThatAddress() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:file:./data/ledger");

            address.postProcessAfterInitialization(pool, "dataSource");

            assertThat(pool.getJdbcUrl()).endsWith(OPTIONS + COMPRESSED);
        }
    }

    @Test
    void aLedgerThatIsLostIsNotReplacedByANewOne(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("ledger.mv.db"));
        assertRefused(folder, file, "is empty");

        Files.delete(file);
        open(folder);
        Path backup = Files.createDirectory(folder.resolve("backup")).resolve("ledger-20261123T040000.112Z.zip");
        Files.writeString(backup, "a backup");
        assertRefused(folder, file, backup + " is a backup");

        Files.writeString(file, "a ledger");
        open(folder);
    }

    private void assertRefused(Path folder, Path file, String why) {
        assertThatThrownBy(() -> open(folder))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report()).contains(file.toString(), why, "Restoring a backup"));
    }

    private void open(Path folder) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("ledger"));
            address.postProcessAfterInitialization(pool, "dataSource");
        }
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForWithoutEnd() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db.example/connector");
            pool.addDataSourceProperty("connectTimeout", "3");

            address.postProcessAfterInitialization(pool, "dataSource");

            assertThat(pool.getDataSourceProperties())
                    .containsEntry("socketTimeout", "120")
                    .containsEntry("tcpKeepAlive", "true")
                    .containsEntry("connectTimeout", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRITE_DELAY=500",
                "write_delay = 1",
                "MODE=MySQL",
                "MODE=",
                "DATABASE_TO_LOWER=FALSE",
                "DEFAULT_NULL_ORDERING=LOW",
                "DB_CLOSE_ON_EXIT=TRUE",
                "WRITE_DELAY=0;WRITE_DELAY=500",
                "LOCK_MODE=0",
                "FILE_LOCK=NO",
                "AUTO_SERVER=TRUE",
                "INIT=SET WRITE_DELAY 500"
            })
    void anOptionThatCostsAPromiseIsRefused(String option) {
        assertThatThrownBy(() -> address.safe("jdbc:h2:file:./data/ledger;" + option))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report())
                                .contains("spring.datasource.url = jdbc:h2:file:./data/ledger: ")
                                .contains("would cost the ledger what it promises"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x;MODE=PostgreSQL;DB_CLOSE_DELAY=-1",
                "jdbc:h2:mem:",
                "jdbc:h2:memFS:x",
                "jdbc:h2:file:memFS:/x",
                "jdbc:h2:nioMemFS:x",
                "jdbc:h2:zip:~/x.zip!/x",
                "jdbc:h2:tcp://localhost/~/x",
                "jdbc:h2:ssl://localhost/~/x"
            })
    void whatIsGoneWithTheProcessIsRefusedOutsideOfTests(String url) {
        assertThatThrownBy(() -> address.safe(url))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report()).contains("connector.ledger.folder"));

        environment.setProperty(LedgerAddress.ANYWHERE, "true");
        assertThat(address.safe(url)).contains("WRITE_DELAY=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://connector:hush-hush@db.example/ledger",
                "postgresql://connector:hush-hush@db.example:5432/ledger?sslmode=require",
                "jdbc:postgres://db.example/ledger"
            })
    void anotherFormOfPostgresqlsAddressIsExplained(String url) {
        assertThatThrownBy(() -> address.safe(url))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report())
                                .contains("jdbc:postgresql://host:5432/database")
                                .contains("spring.datasource.password")
                                .doesNotContain("hush-hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data/ledger", "jdbc:mysql://db.example/x", "jdbc:hsqldb:mem:x", "file:./data/ledger"})
    void soIsAnythingElse(String url) {
        assertThatThrownBy(() -> address.safe(url))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report()).contains("connector.ledger.folder"));
    }

    @Test
    void postgresqlStaysAsItIs() {
        String url = "jdbc:postgresql://db.example/connector?options=-c%20x=30000";

        assertThat(address.safe(url)).isEqualTo(url);
    }

    @Test
    void twoPlacesAreRefused() {
        environment.setProperty("connector.ledger.folder", "/var/lib/connector");

        assertThat(address.safe("jdbc:h2:file:/var/lib/connector/ledger")).endsWith(OPTIONS + COMPRESSED);
        assertThatThrownBy(() -> address.safe("jdbc:h2:file:./data/ledger"))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.report()).contains("which is /var/lib/connector"));
    }
}
