package io.celonamdm.operations.command;

import io.celonamdm.settings.check.DescribedSettings;
import java.util.Optional;
import java.util.Set;

/**
 * A setting among the arguments, such as {@code --server.port=9090}: those that the frameworks describe. Those of
 * the connector are checked with all other settings; some of Camel's are described nowhere.
 */
final class Setting {
    private static final Set<String> OF_ONE_WORD = Set.of("debug", "trace");

    private Setting() {}

    /** Whether the argument is written like one; an option has no dot. */
    static boolean isOne(String argument) {
        String name = name(argument);
        return argument.startsWith("--") && (name.contains(".") || OF_ONE_WORD.contains(name));
    }

    /** Why nobody would read it; empty if somebody does. */
    static Optional<String> problem(String argument) {
        String name = name(argument);
        if (OF_ONE_WORD.contains(name)
                || name.startsWith("connector.")
                || name.startsWith("camel.")
                || DescribedSettings.knows(name)) {
            return Optional.empty();
        }
        return Optional.of("no setting is named " + name
                + DescribedSettings.nearest(name)
                        .map(each -> "; did you mean --" + each + "?")
                        .orElse("; a name of your own belongs into config/application.yaml or the environment"));
    }

    private static String name(String argument) {
        return argument.replaceFirst("^--", "").replaceFirst("=(?s:.*)", "");
    }
}
