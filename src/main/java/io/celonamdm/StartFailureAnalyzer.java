package io.celonamdm;

import io.celonamdm.settings.check.SuspectSettings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** Puts a few lines in place of the stack trace of a failed start that no other analyzer has words for. */
@Order(Ordered.HIGHEST_PRECEDENCE) // Spring Boot's own one for ports comes after it, whatever the class path
class StartFailureAnalyzer implements FailureAnalyzer {
    private final @Nullable BeanFactory beans;
    private final @Nullable Environment environment;

    /**
     * Arguments are null if the start failed before there was a context.
     *
     * @param beans for the other analyzers
     * @param environment has the ports
     */
    StartFailureAnalyzer(@Nullable BeanFactory beans, @Nullable Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return portTaken(taken);
            }
            if (cause instanceof FailureAnalyzedException known) {
                return known.analysis();
            }
            innermost = cause;
        }
        if (isKnownToOthers(failure)) {
            return null;
        }
        if (innermost instanceof OutOfMemoryError) {
            return new FailureAnalysis(
                    "The memory of the JVM, %d MB, is not enough to start."
                            .formatted(Runtime.getRuntime().maxMemory() >> 20),
                    "Start with more, such as -Xmx512m; docs/performance.md says what a fleet needs.",
                    failure);
        }
        String words =
                String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        // a message of one word is a name, and the kind of failure says what of it
        String kind = words.contains(" ") ? "" : innermost.getClass().getSimpleName() + ": ";
        List<String> suspects =
                environment instanceof ConfigurableEnvironment known ? SuspectSettings.in(known, words) : List.of();
        return new FailureAnalysis(
                "The connector could not start: %s%s%s"
                        .formatted(
                                kind,
                                words,
                                suspects.stream().map("\n- "::concat).collect(Collectors.joining())),
                (suspects.isEmpty() ? "" : "Correct the setting above. ")
                        + "If these words do not help, start with"
                        + " --logging.level.org.springframework.boot.diagnostics=DEBUG, which shows the stack trace as"
                        + " well.",
                failure);
    }

    private FailureAnalysis portTaken(PortInUseException taken) {
        String port = String.valueOf(taken.getPort());
        boolean management = environment != null && port.equals(environment.getProperty("management.server.port"));
        return new FailureAnalysis(
                "Port %s is taken by another process, most likely a connector that already runs here.".formatted(port),
                "Stop the other process, or set %s to a free port. Nothing was changed or sent."
                        .formatted(management ? "management.server.port" : "server.port"),
                taken);
    }

    /** Spring Boot asks analyzers in no order that would make this one the last. */
    private boolean isKnownToOthers(Throwable failure) {
        ArgumentResolver arguments = ArgumentResolver.none();
        if (beans != null && environment != null) {
            arguments = ArgumentResolver.of(BeanFactory.class, beans).and(Environment.class, environment);
        }
        List<FailureAnalyzer> others = SpringFactoriesLoader.forDefaultResourceLocation(
                        getClass().getClassLoader())
                .load(FailureAnalyzer.class, arguments, (type, name, error) -> {});
        return others.stream()
                .filter(other -> !(other instanceof StartFailureAnalyzer))
                .map(other -> other.analyze(failure))
                .anyMatch(Objects::nonNull);
    }
}
