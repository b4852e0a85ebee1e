package io.celonamdm.simulator.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file of a multipart request. */
public final class FilePart {
    private final String name;
    private final String fileName;
    private final byte[] content;

    FilePart(String name, String fileName, byte[] content) {
        this.name = name;
        this.fileName = fileName;
        this.content = content;
    }

    /** The name of the part. */
    public String name() {
        return name;
    }

    /** The name of the file; may be blank. */
    public String fileName() {
        return fileName;
    }

    /** The content, if it is valid UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
