package io.celonamdm.night;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** How many lines the log gets from now on, stack traces included. */
final class LinesOfTheLog extends AppenderBase<ILoggingEvent> {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Map<String, Integer> byLogger = new TreeMap<>();

    private LinesOfTheLog() {}

    static LinesOfTheLog from() {
        LinesOfTheLog lines = new LinesOfTheLog();
        lines.setContext(ROOT.getLoggerContext());
        lines.start();
        ROOT.addAppender(lines);
        return lines;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        byLogger.merge(
                event.getLoggerName() + " "
                        + event.getMessage().lines().findFirst().orElse(""),
                linesOf(event),
                Integer::sum);
    }

    synchronized int count() {
        ROOT.detachAppender(this);
        return byLogger.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int linesOf(ILoggingEvent event) {
        int lines = (int) event.getFormattedMessage().lines().count();
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            lines += 1 + cause.getStackTraceElementProxyArray().length - cause.getCommonFrames();
        }
        return lines;
    }

    @Override
    public synchronized String toString() {
        return byLogger.toString().replace(", ", ",\n");
    }
}
