package io.celonamdm.operations.command;

import io.celonamdm.settings.check.EditDistance;
import io.celonamdm.text.Excerpt;
import io.celonamdm.text.Invisible;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in two or three lines which part of a command line is invalid, and what was probably meant. */
final class UsageErrors {
    private static final int LONGEST = 200;

    private UsageErrors() {}

    /** Tells it, and returns the exit code. */
    static int tell(ParameterException failure) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        List<String> unmatched =
                failure instanceof UnmatchedArgumentException unknown ? unknown.getUnmatched() : List.of();
        if (unmatched.isEmpty()) {
            err.println("%s: %s"
                    .formatted(
                            name, oneLine(String.valueOf(failure.getMessage()).replaceFirst("^Error: ", ""))));
        } else {
            String argument = unmatched.get(0);
            String word = argument.replaceFirst("=.*", "");
            err.println("%s: '%s' is not known".formatted(name, oneLine(word)));
            if (argument.startsWith("-D") || argument.startsWith("-X")) {
                err.println("It is an option of java, and stands before -jar.");
            }
            meant(word, line.getCommandSpec()).ifPresent(meant -> err.println("Did you mean %s?".formatted(meant)));
        }
        err.println("%s --help shows what there is. Nothing was started or changed.".formatted(name));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static Optional<String> meant(String word, CommandSpec spec) {
        String bare = word.replaceFirst("^-+", "");
        return Stream.concat(spec.optionsMap().keySet().stream(), spec.subcommands().keySet().stream())
                .filter(each -> each.length() > 2)
                .filter(each -> distance(bare, each) <= far(bare))
                .min(Comparator.<String>comparingInt(each -> distance(bare, each))
                        // of an option and a verb of one name, that of the kind that was written
                        .thenComparing(each -> each.startsWith("-") != word.startsWith("-"))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int far(String bare) {
        return bare.length() < 4 ? 1 : Math.max(2, bare.length() / 3);
    }

    private static int distance(String bare, String known) {
        return EditDistance.between(bare, known.replaceFirst("^-+", ""));
    }

    private static String oneLine(String text) {
        return Excerpt.of(Invisible.removed(text).replace('\n', ' '), LONGEST);
    }
}
