package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * What a check has seen.
 *
 * @param result how it went
 * @param code the stable code of what is not as it should be; null if all is well
 * @param text what was seen, in words
 * @param todo what to do about it; empty if nothing
 */
public record Seen(Result result, @Nullable ReasonCode code, String text, String todo) {
    private static final int LONGEST = 2000;

    /** What it quotes of a vendor is quoted without secrets. */
    public Seen {
        text = Excerpt.of(text, LONGEST);
    }

    /** All is well. */
    public static Seen ok(String text) {
        return new Seen(Result.OK, null, text, "");
    }

    /** Nobody can say, at this price. */
    public static Seen unchecked(String text, String todo) {
        return new Seen(Result.UNCHECKED, ReasonCode.NOT_CHECKABLE, text, todo);
    }

    /** Somebody should have a look. */
    public static Seen warn(ReasonCode code, String text, String todo) {
        return new Seen(Result.WARN, code, text, todo);
    }

    /** The sync cannot work like this. */
    public static Seen failed(ReasonCode code, String text, String todo) {
        return new Seen(Result.FAILED, code, text, todo);
    }
}
