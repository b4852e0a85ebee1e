package io.celonamdm.settings;

import org.springframework.boot.context.config.ConfigDataException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says why a file could not be read, without quoting it: the line may hold a secret. */
final class YamlTrouble {
    private YamlTrouble() {}

    static String text(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml) {
                String line = yaml.getProblemMark() == null
                        ? ""
                        : " in line " + (yaml.getProblemMark().getLine() + 1);
                return "is no YAML%s: %s".formatted(line, yaml.getProblem());
            }
            if (cause instanceof ConfigDataException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return "cannot be read: " + error.getClass().getSimpleName();
    }
}
