package io.celonamdm.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/**
 * Has all that is logged redacted, from the first line on. It comes after Spring Boot has set up the appenders, so that it
 * holds for any pattern, format and file that the operator has chosen. The setting {@code connector.logs.full-numbers}
 * leaves EIDs, ICCIDs and IMEIs as they are.
 */
class RedactedLogs implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private static final String FULL_NUMBERS = "connector.logs.full-numbers";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            boolean fullNumbers = wantsFullNumbers(event.getEnvironment());
            context.getLoggerList()
                    .forEach(logger ->
                            logger.iteratorForAppenders().forEachRemaining(appender -> redact(appender, fullNumbers)));
        }
    }

    private static boolean wantsFullNumbers(Environment environment) {
        try {
            return environment.getProperty(FULL_NUMBERS, Boolean.class, false);
        } catch (ConversionException e) {
            // the report of bad settings names it
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
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
