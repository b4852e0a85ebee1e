package io.celonamdm.preflight;

/** The result of a check, the best first. */
public enum Result {
    /** All is well. */
    OK,
    /** Not checkable without a call that writes, or without a setting. */
    UNCHECKED,
    /** The sync works, but somebody should take a look. */
    WARN,
    /** The sync cannot work. */
    FAILED;

    /** The worse of the two. */
    public Result or(Result other) {
        return compareTo(other) < 0 ? other : this;
    }
}
