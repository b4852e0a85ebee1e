package io.celonamdm.celona;

import org.jspecify.annotations.Nullable;

/** Says that Celona answered with something that its documents do not describe. */
public class UnreadableAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    /**
     * @param expected what the documents describe
     * @param came what came instead; the message has its beginning
     */
    public UnreadableAnswer(String expected, @Nullable Object came) {
        super("expected " + expected + ", but got: " + beginning(String.valueOf(came)));
    }

    private static String beginning(String text) {
        String oneLine = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (oneLine.codePointCount(0, oneLine.length()) <= SHOWN) {
            return oneLine;
        }
        return oneLine.substring(0, oneLine.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
