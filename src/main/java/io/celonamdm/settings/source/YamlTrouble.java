package io.celonamdm.settings.source;

import io.celonamdm.files.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.springframework.boot.context.config.ConfigDataException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says why a file could not be read, without quoting it: the line may hold a secret. */
final class YamlTrouble {
    private YamlTrouble() {}

    static String text(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml) {
                String line = yaml.getProblemMark() == null
                        ? ""
                        : " in line " + (yaml.getProblemMark().getLine() + 1);
                String hint = String.valueOf(yaml.getProblem()).endsWith("but got {")
                        ? "; put ${...} in braces in quotes"
                        : "";
                return "is no YAML%s: %s%s".formatted(line, yaml.getProblem(), hint);
            }
            if (cause instanceof ReaderException || cause instanceof CharacterCodingException) {
                return "is no text in UTF-8";
            }
            if (cause instanceof ConfigDataException || cause instanceof YamlAliases.Refused) {
                return String.valueOf(cause.getMessage());
            }
        }
        // only what an IOException says is safe: the operating system's reason
        return "cannot be read: "
                + (error instanceof IOException
                        ? FileTrouble.text(error)
                        : error.getClass().getSimpleName());
    }
}
