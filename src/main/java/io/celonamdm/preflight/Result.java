package io.celonamdm.preflight;

/** How a check went, the best first. */
public enum Result {
    /** It is as it should be. */
    OK,
    /** Nobody can say without a call that writes, or without a setting that is not set. */
    UNCHECKED,
    /** The sync works, and somebody should have a look. */
    WARN,
    /** The sync cannot work like this. */
    FAILED;

    /** The worse of the two. */
    public Result or(Result other) {
        return compareTo(other) < 0 ? other : this;
    }
}
