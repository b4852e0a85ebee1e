package io.celonamdm.operations.command;

import io.celonamdm.operations.client.Verbs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of the process: a verb or a question is answered at once, an invalid argument is named, and everything
 * else starts the connector.
 *
 * @param exitCode the exit code of a process that has nothing more to do
 * @param toStart what the connector starts with, if it has
 */
public record Arguments(OptionalInt exitCode, List<String> toStart) {
    /** A start that failed; 2 is the ending {@code WAITING} of a run. */
    private static final int NOT_STARTED = 1;

    /** Carries out what needs no connector in this process. */
    public static Arguments of(String... arguments) {
        return of(
                List.of(arguments),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    static Arguments of(List<String> arguments, PrintWriter out, PrintWriter err) {
        // every start of the service comes here, and the command line takes longer to build than it would be used
        return arguments.stream().allMatch(Arguments::isKnownSetting)
                ? new Arguments(OptionalInt.empty(), List.copyOf(arguments))
                : parse(arguments, commandLine(out, err));
    }

    private static boolean isKnownSetting(String argument) {
        return Setting.isOne(argument) && Setting.problem(argument).isEmpty();
    }

    private static Arguments parse(List<String> arguments, CommandLine line) {
        if (!arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
            return ended(line.execute(arguments.toArray(String[]::new)));
        }
        List<String> settings = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String argument : arguments) {
            (Setting.isOne(argument) ? settings : others).add(argument);
        }
        try {
            Optional<String> unknown = settings.stream()
                    .flatMap(setting -> Setting.problem(setting).stream())
                    .findFirst();
            if (unknown.isPresent()) {
                throw new ParameterException(line, unknown.get());
            }
            ParseResult parsed = line.parseArgs(others.toArray(String[]::new));
            if (CommandLine.printHelpIfRequested(parsed)) {
                return ended(CommandLine.ExitCode.OK);
            }
            if (parsed.hasSubcommand()) {
                throw new ParameterException(
                        line,
                        parsed.subcommand().commandSpec().name() + " is a verb and comes first, without settings");
            }
            parsed.matchedOptions().forEach(option -> settings.add(written(option)));
            check(line, parsed, settings);
            return new Arguments(OptionalInt.empty(), List.copyOf(settings));
        } catch (ParameterException e) {
            int code = UsageErrors.tell(e);
            return ended(isCommand(others) ? NOT_STARTED : code);
        }
    }

    /** Whether the process has nothing more to do. */
    public boolean isOver() {
        return exitCode.isPresent();
    }

    private static Arguments ended(int exitCode) {
        return new Arguments(OptionalInt.of(exitCode), List.of());
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Options());
        Verbs.all().forEach(line::addSubcommand);
        line.addSubcommand(new AutoComplete.GenerateCompletion());
        boolean coloured = Terminal.isThere() && System.getenv("NO_COLOR") == null;
        return line.setColorScheme(Help.defaultColorScheme(coloured ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((failure, arguments) -> UsageErrors.tell(failure));
    }

    /** As Spring reads it. */
    private static String written(OptionSpec option) {
        String value = String.join(",", option.originalStringValues());
        return option.longestName() + (value.isEmpty() ? "" : "=" + value);
    }

    private static void check(CommandLine line, ParseResult parsed, List<String> settings) {
        Optional<Command> command;
        try {
            command = Command.of(new SimpleCommandLinePropertySource(settings.toArray(String[]::new)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
        if (command.isEmpty() && !parsed.matchedOptions().isEmpty()) {
            throw new ParameterException(
                    line,
                    parsed.matchedOptions().get(0).longestName()
                            + " belongs to one of --run, --plan, --preflight and --confirm");
        }
    }

    private static boolean isCommand(List<String> arguments) {
        return arguments.stream()
                .anyMatch(argument -> Stream.of(Command.Kind.values())
                        .anyMatch(kind -> argument.replaceFirst("=.*", "").equals("--" + kind.option())));
    }
}
