package io.celonamdm.settings;

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

/** Notes what cannot be bound and lets the binder go on, so that one start shows everything that is wrong. */
final class CollectFailures extends AbstractBindHandler {
    private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?\\d+\\s*");

    private final WrittenSettings written;
    private final Problems problems;

    CollectFailures(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    /** Spring takes a bare number for milliseconds, which is hardly ever what its writer meant. */
    @Override
    public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        if (result instanceof Duration
                && written.value(name).filter(BARE_NUMBER.asMatchPredicate()).isPresent()) {
            problems.addUnread(name, "has no unit: must be " + AllowedValues.of(Duration.class));
        }
        return result;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
        Class<?> type = target.getType().resolve(Object.class);
        if (isEmptyGroup(name, type)) {
            return type.isRecord() ? defaults(type) : Map.of();
        }
        if (!problems.unreadWithin(name)) {
            add(name, target, error);
        }
        return name.isLastElementIndexed() ? standIn(type) : null;
    }

    /** In YAML, a key whose members are all commented out has the value "". */
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
            problems.addUnread(name, FailureText.of(target, error));
        }
    }

    /** What the group is when nothing in it is set; the constraints then name each key that is mandatory. */
    private static Object defaults(Class<?> type) {
        return new Binder().bindOrCreate("nothing", type);
    }

    /** The binder ends a list at the first element without a value; a stand-in makes it look at the others too. */
    private static @Nullable Object standIn(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type.equals(String.class) ? "" : null;
    }
}
