package io.celonamdm.settings.check;

import java.time.Duration;
import java.util.Map;
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
import org.springframework.util.PlaceholderResolutionException;

/** Reports values that cannot be bound, in the operator's words, and lets the binder go on to find every problem. */
final class CollectFailures extends AbstractBindHandler {
    private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?\\d+\\s*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

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
        if (result instanceof String text && !text.isBlank() && hasStrayBlanks(name, text)) {
            problems.addUnread(name, "begins or ends with a blank, or has a line end in it; take it out");
        }
        return result;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        Class<?> type = type(target);
        if (isEmptyGroup(name, type)) {
            return type.isRecord() ? defaults(type) : Map.of();
        }
        if (!problems.unreadWithin(name)) {
            add(name, target, error);
        }
        return name.isLastElementIndexed() ? standIn(type) : null;
    }

    /** Copied or mounted values often have stray blanks, but a password may begin with one. */
    private static boolean hasStrayBlanks(ConfigurationPropertyName name, String text) {
        String last = name.getLastElement(Form.DASHED);
        boolean exact = KeyMatch.of(name).isSecret() || last.endsWith("-id");
        return exact
                && (text.matches("(?s).*\\R.*")
                        || (!last.contains("password") && !text.strip().equals(text)));
    }

    /** In YAML, a key has the value "" if all its members are commented out. */
    private boolean isEmptyGroup(ConfigurationPropertyName name, Class<?> type) {
        return (type.isRecord() || Map.class.isAssignableFrom(type))
                && written.value(name).filter(String::isBlank).isPresent();
    }

    private void add(ConfigurationPropertyName name, Bindable<?> target, Exception error) {
        if (error instanceof UnboundConfigurationPropertiesException unbound) {
            unbound.getUnboundProperties()
                    .forEach(property -> problems.addUnread(
                            property.getName(), "not reached: the indexes of a list start at 0 and have no gaps"));
        } else {
            problems.addUnread(name, text(type(target), error));
        }
    }

    /** The group with nothing set; the constraints then name each mandatory key. */
    private static Object defaults(Class<?> type) {
        return new Binder().bindOrCreate("nothing", type);
    }

    /** The binder ends a list at the first element without a value; with a stand-in it reads the others too. */
    private static @Nullable Object standIn(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type.equals(String.class) ? "" : null;
    }

    private static String text(Class<?> type, Throwable error) {
        PlaceholderResolutionException unset = cause(error, PlaceholderResolutionException.class);
        if (unset != null) {
            return unset(unset);
        }
        ConversionFailedException conversion = cause(error, ConversionFailedException.class);
        // A list on one line, or the key of a map: an element failed, and its type says what is allowed.
        if (conversion != null && conversion.getTargetType().getType().isEnum() && !type.isEnum()) {
            return conversion.getValue()
                    + " must be "
                    + AllowedValues.of(conversion.getTargetType().getType());
        }
        return "must be " + AllowedValues.of(type);
    }

    /** Says that a value refers to an environment variable or property that is not set. */
    static String unset(PlaceholderResolutionException missing) {
        String name = missing.getPlaceholder();
        return VARIABLE.matcher(name).matches()
                ? "the environment variable " + name + " is not set"
                : "the placeholder ${" + name + "} has no value";
    }

    private static Class<?> type(Bindable<?> target) {
        return target.getType().resolve(Object.class);
    }

    /** The innermost cause of that type, which is nearest to the value. */
    private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
        T found = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                found = type.cast(cause);
            }
        }
        return found;
    }
}
