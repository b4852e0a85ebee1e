package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.settings.source.ReadableFiles.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class ReadableFilesTests {
    @TempDir
    Path folder;

    private String problem(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return new ReadableFiles()
                .load("x", new FileSystemResource(file)).stream()
                        .map(source -> source instanceof Unreadable unreadable
                                ? unreadable.problem().text()
                                : "readable")
                        .findFirst()
                        .orElse("empty");
    }

    @Test
    void aFileThatIsNoSettingsSaysWhy() throws IOException {
        assertThat(problem("a.yaml", "a: 1\n")).isEqualTo("readable");
        assertThat(problem("a.properties", "a=\\u00e4\n")).isEqualTo("readable");
        assertThat(problem("huge.yaml", "# ".repeat(6_000_000)))
                .isEqualTo("is larger than 10 MB, which no settings are");
        assertThat(problem("a.properties", "a=C:\\users\n"))
                .isEqualTo("has a \\u that is no character; write a backslash twice");
        assertThat(problem("a.yaml", "celona: { api-key: ${KEY} }\n")).endsWith("; put ${...} in braces in quotes");
    }
}
