package io.celonamdm.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

class LedgerInUseAnalyzerTests {
    @Test
    void aLedgerThatIsOpenElsewhereIsNamedWithWhatToDo(@TempDir Path folder) throws SQLException, IOException {
        String url = "jdbc:h2:file:" + folder.resolve("ledger");
        DriverManager.getConnection(url).close();
        Path file = folder.resolve("ledger.mv.db");
        assertThat(Files.exists(file)).isTrue();
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            SQLException failure = catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url));

            FailureAnalysis analysis = Objects.requireNonNull(
                    new LedgerInUseAnalyzer().analyze(new IllegalStateException("no bean", failure)));

            assertThat(analysis.getDescription()).contains(file.toString()).contains("open in another process");
            assertThat(analysis.getAction()).contains("stop the other first").contains("Nothing was changed or sent");
        }
    }

    @Test
    void anotherFailureOfTheDatabaseIsNoneOfItsBusiness() {
        assertThat(new LedgerInUseAnalyzer().analyze(new SQLException("syntax", "42000", 42000)))
                .isNull();
    }
}
