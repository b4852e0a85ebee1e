package io.celonamdm.settings.check;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; every problem is in the report. */
public class InvalidSettingsException extends RuntimeException {
    private final transient List<Problem> problems;

    /** @param problems all problems */
    // No cause is kept, since messages of conversion failures quote values, even secrets. The message is short,
    // because Spring logs it once more beside the report.
    public InvalidSettingsException(List<Problem> problems) {
        super(
                problems.size() == 1
                        ? "The settings have a problem"
                        : "The settings have " + problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    /**
     * Reports a setting that fails only when it is used.
     *
     * @param key the full key
     * @param value its value, which is not a secret
     * @param text what is wrong, and what to do
     */
    public static InvalidSettingsException of(String key, String value, String text) {
        return new InvalidSettingsException(List.of(new Problem(key, value, text, null)));
    }

    /** All problems, one text each, with secrets masked. */
    public List<String> problems() {
        return problems.stream().map(Problem::toString).toList();
    }

    /** All problems, one line each, with secrets masked. */
    public String report() {
        return problems.stream()
                .map(problem -> "- " + problem)
                .collect(Collectors.joining("\n", getMessage() + ":\n\n", ""));
    }
}
