package io.celonamdm;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.mock.env.MockEnvironment;

class StartFailureAnalyzerTests {
    private final MockEnvironment environment = new MockEnvironment().withProperty("management.server.port", "8081");
    private final StartFailureAnalyzer analyzer = new StartFailureAnalyzer(null, environment);

    private FailureAnalysis analysis(Throwable failure) {
        return Objects.requireNonNull(analyzer.analyze(failure));
    }

    @Test
    void whatNobodyHasForeseenIsSaidByItsCause() {
        IOException full = new IOException("No space left on device\nand more");

        assertThat(analysis(new IllegalStateException("no bean", full)).getDescription())
                .isEqualTo("The connector could not start: No space left on device");
        assertThat(analysis(new IllegalStateException("no bean", new UnknownHostException("db.example")))
                        .getDescription())
                .isEqualTo("The connector could not start: UnknownHostException: db.example");
    }

    @Test
    void whatSpringBootHasAnalysedItselfIsLeftAsItIs() {
        FailureAnalysis analysis = analysis(
                new IllegalStateException(new FailureAnalyzedException("no contributor 'nope'", "leave it out")));

        assertThat(analysis.getDescription()).isEqualTo("no contributor 'nope'");
        assertThat(analysis.getAction()).isEqualTo("leave it out");
    }

    @Test
    void whatOthersKnowIsTheirs() {
        assertThat(analyzer.analyze(InvalidSettingsException.of("connector.workers", "x", "must be a number")))
                .isNull();
    }

    @Test
    void tooLittleMemoryIsNamed() {
        assertThat(analysis(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
                .satisfies(analysis -> assertThat(analysis.getDescription()).contains("MB, is not enough"))
                .satisfies(analysis -> assertThat(analysis.getAction()).contains("-Xmx"));
    }

    @Test
    void aPortIsNamedWithItsSetting() {
        assertThat(analysis(new IllegalStateException(new PortInUseException(8081)))
                        .getAction())
                .contains("set management.server.port to a free port");
        assertThat(analysis(new PortInUseException(8080)).getAction()).contains("set server.port to a free port");
    }
}
