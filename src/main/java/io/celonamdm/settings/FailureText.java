package io.celonamdm.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.PlaceholderResolutionException;

/** Says in the operator's words why a value could not be bound. */
final class FailureText {
    private FailureText() {}

    static String of(Bindable<?> target, Throwable error) {
        PlaceholderResolutionException unset = cause(error, PlaceholderResolutionException.class);
        if (unset != null) {
            return UnsetVariables.text(unset);
        }
        Class<?> type = target.getType().resolve(Object.class);
        ConversionFailedException conversion = cause(error, ConversionFailedException.class);
        // A list written on one line, or the key of a map: what failed is an element, and its type says what is
        // allowed.
        if (conversion != null && conversion.getTargetType().getType().isEnum() && !type.isEnum()) {
            return conversion.getValue()
                    + " must be "
                    + AllowedValues.of(conversion.getTargetType().getType());
        }
        return "must be " + AllowedValues.of(type);
    }

    /** The innermost cause of that type: the one nearest to the value. */
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
