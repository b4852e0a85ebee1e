package io.celonamdm.settings.source;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.rolling.helper.FileNamePattern;
import ch.qos.logback.core.status.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.boot.logging.logback.CorrelationIdConverter;
import org.springframework.boot.logging.logback.EnclosedInSquareBracketsConverter;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;

/** Tries patterns of the log: Logback itself writes its own stack trace for a wrong one, and goes on without it. */
final class LogPatterns {
    private LogPatterns() {}

    /** What is wrong with the pattern of a line, or null. */
    static @Nullable String lineTrouble(String pattern) {
        Context context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        // the words that Spring Boot adds to those of Logback
        layout.getInstanceConverterMap().put("clr", ColorConverter::new);
        layout.getInstanceConverterMap().put("correlationId", CorrelationIdConverter::new);
        layout.getInstanceConverterMap().put("esb", EnclosedInSquareBracketsConverter::new);
        layout.getInstanceConverterMap().put("wex", WhitespaceThrowableProxyConverter::new);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(pattern);
        String wrong = complaint(context, layout::start);
        return wrong == null ? null : "is no pattern that Logback knows: " + wrong;
    }

    /** What is wrong with the pattern of a date and time, or null. */
    static @Nullable String dateTrouble(String pattern) {
        String wrong = lineTrouble("%d{" + pattern + "}");
        return wrong == null ? null : "must be a pattern of date and time such as HH:mm:ss.SSS";
    }

    /** What is wrong with the names of files that were closed, or null. */
    static @Nullable String fileNameTrouble(String pattern) {
        Context context = new LoggerContext();
        AtomicBoolean complete = new AtomicBoolean();
        String wrong = complaint(context, () -> {
            FileNamePattern names = new FileNamePattern(pattern, context);
            complete.set(names.getPrimaryDateTokenConverter() != null && names.hasIntegerTokenCOnverter());
        });
        return wrong == null && complete.get()
                ? null
                : "must have a day and a number in it, such as connector.log.%d{yyyy-MM-dd}.%i.gz";
    }

    private static @Nullable String complaint(Context context, Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            return e.getMessage();
        }
        List<Status> worst = context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getEffectiveLevel() >= Status.WARN)
                .toList();
        if (worst.isEmpty()) {
            return null;
        }
        Status last = worst.get(worst.size() - 1);
        Throwable cause = last.getThrowable();
        return cause == null || cause.getMessage() == null ? last.getMessage() : cause.getMessage();
    }
}
