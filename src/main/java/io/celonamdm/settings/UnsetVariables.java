package io.celonamdm.settings;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.PlaceholderResolutionException;

/** Finds values that ask for an environment variable, or another property, that nobody has set. */
final class UnsetVariables {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private UnsetVariables() {}

    /** Looks before the binder does: inside a map, it would stop at the first one and not name its key. */
    static void check(WrittenSettings written, Problems problems) {
        for (ConfigurationPropertyName key : written.exactKeys()) {
            written.unresolved(key).ifPresent(missing -> problems.addUnread(key, text(missing)));
        }
    }

    static String text(PlaceholderResolutionException missing) {
        String name = missing.getPlaceholder();
        return VARIABLE.matcher(name).matches()
                ? "the environment variable " + name + " is not set"
                : "the placeholder ${" + name + "} has no value";
    }
}
