package io.celonamdm.json;

import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** Thrown when an answer does not match the vendor's documents. */
public class UnreadableAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    /**
     * @param expected what the documents describe
     * @param came the actual answer; the message quotes its beginning
     */
    public UnreadableAnswer(String expected, @Nullable Object came) {
        super("expected " + expected + ", but got: " + Excerpt.of(String.valueOf(came), SHOWN));
    }
}
