package io.celonamdm.operations.command;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * What the command line asks for.
 *
 * @param kind what is to be done
 * @param sync the sync that is to do it; empty for all, which a preflight alone takes
 * @param csv whether a plan is printed as CSV, in place of a table
 * @param limit how many devices of a plan are printed
 * @param eids the devices that are meant, where a command is about some
 * @param ok the endings that count as success, beside {@code DONE}
 */
public record Command(Kind kind, String sync, boolean csv, int limit, List<String> eids, Set<ExitCode> ok) {
    private static final int USUAL = 1000;

    /** What a command does. */
    public enum Kind {
        /** {@code --run=<sync>}: one run of the sync. */
        RUN,
        /** {@code --plan=<sync>}: shows what a run would do, and writes nothing at the MDM or Celona. */
        PLAN,
        /** {@code --preflight}, {@code --preflight=<sync>}: looks at what all syncs, or one, need; nothing is written but the audit. */
        PREFLIGHT,
        /**
         * {@code --confirm=<sync> --eids=<eid>,…}: a person has seen the eSIMs on these devices; the next run
         * continues.
         */
        CONFIRM;

        /** What a person writes for it, behind two dashes. */
        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The command in the arguments of the process; empty if it is to stay and keep to its schedules.
     *
     * @throws IllegalArgumentException if there are two, or an option of it is not understood
     */
    public static Optional<Command> of(ConfigurableEnvironment environment) {
        // an environment variable that happens to be named RUN is no command
        PropertySource<?> arguments =
                environment.getPropertySources().get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
        return arguments == null ? Optional.empty() : of(arguments);
    }

    /**
     * The command in these arguments.
     *
     * @throws IllegalArgumentException if there are two, or an option of it is not understood
     */
    static Optional<Command> of(PropertySource<?> arguments) {
        List<Kind> given = Stream.of(Kind.values())
                .filter(kind -> option(arguments, kind.option()) != null)
                .toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    "--run, --plan, --preflight and --confirm are commands; give one of them");
        }
        Kind kind = given.get(0);
        String format = option(arguments, "format");
        if (format != null && !format.equals("csv") && !format.equals("table")) {
            throw new IllegalArgumentException("--format is csv or table, not " + format);
        }
        String sync = Objects.requireNonNullElse(option(arguments, kind.option()), "");
        return Optional.of(new Command(
                kind,
                sync,
                "csv".equals(format),
                limit(option(arguments, "limit")),
                words(option(arguments, "eids")),
                ok(option(arguments, "ok"))));
    }

    /** The exit code of the process that ended so: 0 where it counts as success. */
    int exitCode(ExitCode ending) {
        return ok.contains(ending) ? ExitCode.DONE.number() : ending.number();
    }

    private static Set<ExitCode> ok(@Nullable String text) {
        return words(text).stream()
                .map(word -> Stream.of(ExitCode.values())
                        .filter(code -> code.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("--ok is a list of %s, not %s"
                                .formatted(
                                        Stream.of(ExitCode.values())
                                                .map(ExitCode::word)
                                                .collect(Collectors.joining(", ")),
                                        word))))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--limit is a number of devices, not " + text, e);
        }
    }

    private static @Nullable String option(PropertySource<?> arguments, String name) {
        Object value = arguments.getProperty(name);
        return value == null ? null : value.toString().strip();
    }
}
