package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * The observation of a check.
 *
 * @param result its result
 * @param code the stable code of the problem; null if there is none
 * @param text the observation, in words
 * @param todo what to do about it; may be empty
 */
public record Seen(Result result, @Nullable ReasonCode code, String text, String todo) {
    private static final int LONGEST = 2000;

    /** Removes secrets from what it quotes of a vendor. */
    public Seen {
        text = Excerpt.of(text, LONGEST);
    }

    /** All is well. */
    public static Seen ok(String text) {
        return new Seen(Result.OK, null, text, "");
    }

    /** Not checkable. */
    public static Seen unchecked(String text, String todo) {
        return new Seen(Result.UNCHECKED, ReasonCode.NOT_CHECKABLE, text, todo);
    }

    /** Somebody should take a look. */
    public static Seen warn(ReasonCode code, String text, String todo) {
        return new Seen(Result.WARN, code, text, todo);
    }

    /** The sync cannot work. */
    public static Seen failed(ReasonCode code, String text, String todo) {
        return new Seen(Result.FAILED, code, text, todo);
    }
}
