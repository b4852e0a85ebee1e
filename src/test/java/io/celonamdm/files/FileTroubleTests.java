package io.celonamdm.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The path alone is no reason. */
class FileTroubleTests {
    private static final String FILE = "config/syncs/store.yaml";

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new AccessDeniedException(FILE), "the user that runs the connector may not read it"),
                Arguments.of(new NoSuchFileException(FILE), "there is no such file"),
                Arguments.of(new FileSystemException(FILE, null, "Too many open files"), "Too many open files"),
                Arguments.of(new FileSystemLoopException(FILE), "FileSystemLoopException"),
                Arguments.of(new MalformedInputException(1), "it is no text in UTF-8"),
                Arguments.of(new IOException("Is a directory"), "Is a directory"),
                Arguments.of(new IOException(), "IOException"),
                Arguments.of(new FileNotFoundException(FILE + " (Permission denied)"), FILE + " (Permission denied)"));
    }

    @Test
    void whyAFileCannotBeWrittenIsInWordsAsWell() {
        assertThat(FileTrouble.ofWriting(new AccessDeniedException(FILE)))
                .isEqualTo("the user that runs the connector may not write there");
        assertThat(FileTrouble.ofWriting(new NoSuchFileException(FILE))).isEqualTo("nothing can be made there");
        assertThat(FileTrouble.ofWriting(new FileAlreadyExistsException(FILE)))
                .isEqualTo("there is a file where a folder must be");
        assertThat(FileTrouble.ofWriting(new FileSystemException(FILE, null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void theReasonIsInWords(IOException trouble, String text) {
        assertThat(FileTrouble.text(trouble)).isEqualTo(text);
        assertThat(FileTrouble.text(new UncheckedIOException(trouble))).isEqualTo(text);
    }
}
