package io.celonamdm.settings.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.convert.ConversionFailedException;

/** Reports values that cannot be bound, in the operator's words, and lets the binder go on to find every problem. */
final class CollectFailures extends AbstractBindHandler {
    private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?\\d+\\s*");

    /** Text that was copied from a page may have no-break spaces, and marks without any width. */
    private static final Pattern INVISIBLE_END = Pattern.compile("^[\\p{Z}\\p{C}]|[\\p{Z}\\p{C}]$");

    private final WrittenSettings written;
    private final Problems problems;

    CollectFailures(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    /** Spring reads a bare number as milliseconds, which is rarely what the operator meant. */
    @Override
    public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        if (result instanceof Duration
                && written.value(name).filter(BARE_NUMBER.asMatchPredicate()).isPresent()) {
            problems.addUnread(name, "has no unit: must be " + AllowedValues.of(Duration.class));
        }
        if (result instanceof String text && !text.isBlank() && isExact(name)) {
            strayBlank(name, text).ifPresent(problem -> problems.addUnread(name, problem + "; take it out"));
        }
        return result;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        Class<?> type = target.getType().resolve(Object.class);
        boolean group = type.isRecord() || Map.class.isAssignableFrom(type);
        // In YAML, a key has the value "" if all its members are commented out.
        if (group && written.value(name).filter(String::isBlank).isPresent()) {
            // With nothing set, the constraints name each mandatory key.
            return type.isRecord() ? new Binder().bindOrCreate("nothing", type) : Map.of();
        }
        if (!problems.unreadWithin(name)) {
            if (error instanceof UnboundConfigurationPropertiesException unbound) {
                unbound.getUnboundProperties()
                        .forEach(property -> problems.addUnread(
                                property.getName(), "not reached: the indexes of a list start at 0 and have no gaps"));
            } else {
                problems.addUnread(name, written.unset(name).orElseGet(() -> text(type, error)));
            }
        }
        return name.isLastElementIndexed() ? standIn(type) : null;
    }

    private static boolean isExact(ConfigurationPropertyName name) {
        String last = name.getLastElement(Form.DASHED);
        return !"private-key".equals(last) && (Setting.isSecret(name) || last.endsWith("-id"));
    }

    /** Copied or mounted values often have stray blanks, but a password may begin with one, and PEM has lines. */
    private static Optional<String> strayBlank(ConfigurationPropertyName name, String text) {
        boolean mayHaveBlanks = name.getLastElement(Form.DASHED).contains("password");
        if (text.matches("(?s).*\\R.*") || (!mayHaveBlanks && !text.strip().equals(text))) {
            return Optional.of("begins or ends with a blank, or has a line end in it");
        }
        return Optional.of(INVISIBLE_END.matcher(text))
                .filter(matcher -> !mayHaveBlanks && matcher.find())
                .map(end -> "begins or ends with a character that cannot be seen, U+%04X"
                        .formatted(end.group().codePointAt(0)));
    }

    /** The binder ends a list at the first element without a value; with a stand-in it reads the others too. */
    private static @Nullable Object standIn(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type.equals(String.class) ? "" : null;
    }

    private static String text(Class<?> type, Throwable error) {
        ConversionFailedException innermost = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            innermost = cause instanceof ConversionFailedException conversion ? conversion : innermost;
        }
        // A list on one line, or the key of a map: an element failed, and its type says what is allowed.
        if (innermost != null && innermost.getTargetType().getType().isEnum() && !type.isEnum()) {
            return innermost.getValue()
                    + " must be "
                    + AllowedValues.of(innermost.getTargetType().getType());
        }
        return "must be " + AllowedValues.of(type);
    }
}
