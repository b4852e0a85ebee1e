package io.celonamdm.settings.check;

import io.celonamdm.settings.secret.Secrets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Tells of a wrong value of any setting, also of Spring Boot and Camel, as of one of the connector's own: in a line. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // ahead of those of Spring Boot, which take up to twenty lines
class WrongValueAnalyzer implements FailureAnalyzer {
    private static final String CONVERSION = "Failed to convert to type ";

    private final @Nullable Environment environment;

    /** @param environment knows where a setting is written; null if the start failed before there was a context */
    WrongValueAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        BindException outermost = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException) {
                return null;
            }
            if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
                return analysis(invalid.getName(), invalid.getValue(), reason(invalid), place(invalid.getName()));
            }
            outermost = cause instanceof BindException bind && bind.getProperty() != null ? bind : outermost;
        }
        ConfigurationProperty property = outermost == null ? null : outermost.getProperty();
        if (outermost == null || property == null) {
            return null;
        }
        String place = property.getOrigin() == null ? null : Problem.place(property.getOrigin());
        return analysis(property.getName().toString(), property.getValue(), reason(outermost), place);
    }

    private static FailureAnalysis analysis(String key, @Nullable Object value, String text, @Nullable String place) {
        boolean secret = Setting.isSecret(ConfigurationPropertyName.adapt(key, '.'));
        String shown = value == null ? null : Secrets.shown(value.toString(), secret);
        // a reason quotes the value
        String words = secret ? "cannot be used" : text;
        return InvalidSettingsAnalyzer.of(new InvalidSettingsException(List.of(new Problem(key, shown, words, place))));
    }

    private static String reason(Throwable error) {
        Throwable innermost = error;
        ConversionFailedException conversion = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            conversion = cause instanceof ConversionFailedException failed ? failed : conversion;
            innermost = cause;
        }
        return conversion == null
                ? "cannot be used: "
                        + String.valueOf(innermost.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")
                : "must be " + AllowedValues.of(conversion.getTargetType().getType());
    }

    private static String reason(InvalidConfigurationPropertyValueException invalid) {
        String reason = Objects.requireNonNullElse(invalid.getReason(), "cannot be used");
        if (!reason.startsWith(CONVERSION)) {
            return reason;
        }
        Class<?> type = ClassUtils.resolveClassName(reason.substring(CONVERSION.length()), null);
        return "must be " + AllowedValues.of(type);
    }

    private @Nullable String place(String key) {
        return environment instanceof ConfigurableEnvironment known && ConfigurationPropertyName.isValid(key)
                ? new WrittenSettings(known)
                        .origin(ConfigurationPropertyName.of(key))
                        .map(Problem::place)
                        .orElse(null)
                : null;
    }
}
