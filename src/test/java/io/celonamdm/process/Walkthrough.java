package io.celonamdm.process;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The {@code console} blocks of a section of the documents: commands after a {@code $}, each with its output below,
 * where {@code …} stands for changing parts. A shell runs them in order.
 */
final class Walkthrough implements AutoCloseable {
    private static final Pattern BLOCK = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("(?m)^\\$ (.*)\\n((?:(?!\\$ ).*\\n)*)");
    private static final String END = "end-of-the-answer";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final List<Step> steps;
    private final Process shell;
    private final Writer commands;
    private final BufferedReader answers;

    record Step(String command, String documented) {
        /** What changes something is done once; anything else may be asked until the answer is as expected. */
        boolean onlyLooks() {
            return !command.matches(".* (redrive|approve|release|adopt|probe|give-up) .*");
        }

        boolean agrees(String answer) {
            String pattern = Stream.of(documented.strip().split("…", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*?"));
            return Pattern.compile(pattern, Pattern.DOTALL).matcher(answer).matches();
        }
    }

    /** @param heading the section's heading, such as {@code ## A morning} */
    Walkthrough(Path document, String heading) throws IOException {
        steps = steps(document, heading);
        shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
        commands = shell.outputWriter();
        answers = shell.inputReader();
    }

    private static List<Step> steps(Path document, String heading) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(heading + "\n");
        int end = text.indexOf("\n## ", begin);
        String section = text.substring(begin, end < 0 ? text.length() : end);
        return BLOCK.matcher(section)
                .results()
                .map(block -> block.group(1))
                .flatMap(block -> STEP.matcher(block).results())
                .map(Walkthrough::step)
                .toList();
    }

    private static Step step(MatchResult step) {
        return new Step(step.group(1), step.group(2));
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * Runs all commands.
     *
     * @param replaced what stands in the document, with what takes its place here
     * @return what was answered otherwise than documented, with the command and both answers
     */
    List<String> run(Map<String, String> replaced) {
        List<String> different = new ArrayList<>();
        for (Step step : steps) {
            String command = step.command();
            for (Map.Entry<String, String> each : replaced.entrySet()) {
                command = command.replace(each.getKey(), each.getValue());
            }
            String asked = command;
            String answer = answer(asked);
            if (!step.agrees(answer) && step.onlyLooks()) {
                try {
                    answer = await().pollInSameThread().atMost(PATIENCE).until(() -> answer(asked), step::agrees);
                } catch (ConditionTimeoutException e) {
                    answer = answer(asked);
                }
            }
            if (!step.agrees(answer)) {
                different.add("$ %s%ndocumented:%n%s%nanswered:%n%s%n".formatted(asked, step.documented(), answer));
            }
        }
        return different;
    }

    private String answer(String command) {
        try {
            commands.write(command + "\nprintf '\\n%s\\n' " + END + "\n");
            commands.flush();
            List<String> lines = new ArrayList<>();
            String line = answers.readLine();
            while (!Objects.requireNonNull(line, "the shell has ended").equals(END)) {
                lines.add(line);
                line = answers.readLine();
            }
            return String.join("\n", lines).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
