package io.celonamdm.files;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says why a file could not be read or written. The messages of many exceptions are nothing but the path. */
public final class FileTrouble {
    private FileTrouble() {}

    /** The same for what should have been written or made. */
    public static String ofWriting(Throwable error) {
        if (error instanceof AccessDeniedException) {
            return "the user that runs the connector may not write there";
        }
        return error instanceof NoSuchFileException ? "nothing can be made there" : text(error);
    }

    /** The reason in words, without the path. */
    public static String text(Throwable error) {
        if (error instanceof UncheckedIOException && error.getCause() != null) {
            return text(error.getCause());
        }
        if (error instanceof AccessDeniedException) {
            return "the user that runs the connector may not read it";
        }
        if (error instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (error instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        if (error instanceof FileAlreadyExistsException || error instanceof NotDirectoryException) {
            return "there is a file where a folder must be";
        }
        if (error instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        String message = error.getMessage();
        return message == null || error instanceof FileSystemException
                ? error.getClass().getSimpleName()
                : message;
    }
}
