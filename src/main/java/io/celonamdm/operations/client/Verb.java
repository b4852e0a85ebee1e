package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all verbs share: the connection, JSON for scripts, and words for people. */
abstract class Verb implements Callable<Integer> {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Mixin
    Connection connection = new Connection();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this help")
    boolean help;

    @Option(names = "--json", description = "prints the connector's answer as it is, for scripts")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    /** Asks for it, and prints the answer. */
    abstract void carryOut(Remote connector);

    @Override
    public Integer call() {
        try {
            if ("http".equals(connection.address().getScheme())
                    && !THIS_MACHINE.contains(connection.address().getHost())) {
                err().println("warning: %s is without TLS; the login can be read on the way"
                        .formatted(connection.address()));
            }
            carryOut(new Remote(connection));
            return 0;
        } catch (VerbFailed e) {
            err().println(spec.qualifiedName() + ": " + e.text());
            return e.exitCode();
        } finally {
            out().flush();
            err().flush();
        }
    }

    /** Prints an answer: as it is, or in words. */
    final void show(Remote.Answer answer, Consumer<Remote.Answer> inWords) {
        if (json) {
            out().println(answer.text());
        } else {
            inWords.accept(answer);
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Table table(String... header) {
        return new Table(spec.commandLine().getColorScheme().ansi(), header);
    }

    /** The counts of an object, such as {@code 6 DEAD, 50 DONE}. */
    static String counts(Fields counts) {
        StringJoiner text = new StringJoiner(", ");
        for (Map.Entry<?, ?> count : counts.map().entrySet()) {
            text.add(count.getValue() + " " + count.getKey());
        }
        return text.toString();
    }

    /** A time without its fraction of a second; empty if there is none. */
    static String time(Fields object, String name) {
        return object.textOrEmpty(name)
                .replaceFirst("\\.\\d+Z$", "Z")
                .replaceFirst("\\.\\d+(?=[+-]\\d\\d:\\d\\d$)", "");
    }

    /** The name of a field as people write it, such as {@code dead letters}. */
    static String words(String field) {
        return field.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** The text of a file that an option names. */
    static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw VerbFailed.usage("%s cannot be read as UTF-8: %s".formatted(file, e), "");
        }
    }

    /** The text, or a dash. */
    static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
