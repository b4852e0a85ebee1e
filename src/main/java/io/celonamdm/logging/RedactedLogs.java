package io.celonamdm.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.celonamdm.text.KnownSecrets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Redacts the whole log from the first line on. It runs after Spring Boot has set up the appenders, so it covers any
 * pattern, format and file that the operator chooses. The setting {@code connector.logs.full-numbers} logs EIDs, ICCIDs
 * and IMEIs in full.
 */
class RedactedLogs implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private static final String FULL_NUMBERS = "connector.logs.full-numbers";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?:password|passphrase|secret|token|api[-_.]?key|private[-_.]?key)$", Pattern.CASE_INSENSITIVE);

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        KnownSecrets.mask(secretsIn(event.getEnvironment()));
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            boolean fullNumbers = wantsFullNumbers(event.getEnvironment());
            context.getLoggerList()
                    .forEach(logger ->
                            logger.iteratorForAppenders().forEachRemaining(appender -> redact(appender, fullNumbers)));
        }
    }

    /** Includes secrets outside the connector's settings, such as a database password. */
    private static List<String> secretsIn(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(name -> SECRET_NAME.matcher(name).find())
                .map(name -> value(environment, name))
                .toList();
    }

    private static String value(ConfigurableEnvironment environment, String name) {
        try {
            return environment.getProperty(name, "");
        } catch (IllegalArgumentException e) {
            // an unset variable, which the settings report names
            return "";
        }
    }

    private static boolean wantsFullNumbers(Environment environment) {
        try {
            return environment.getProperty(FULL_NUMBERS, Boolean.class, false);
        } catch (ConversionException e) {
            // the settings report names it
            return false;
        }
    }

    private static void redact(Appender<ILoggingEvent> appender, boolean fullNumbers) {
        if (appender instanceof OutputStreamAppender<ILoggingEvent> output
                && output.getEncoder() != null
                && !(output.getEncoder() instanceof Redaction)) {
            Redaction redaction = new Redaction(output.getEncoder(), fullNumbers);
            redaction.setContext(output.getContext());
            redaction.start();
            output.setEncoder(redaction);
        } else if (appender instanceof AsyncAppender queue) {
            queue.iteratorForAppenders().forEachRemaining(behind -> redact(behind, fullNumbers));
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
