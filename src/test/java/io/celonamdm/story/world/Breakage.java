package io.celonamdm.story.world;

/** What becomes of a call on its way. */
public enum Breakage {
    /** Nobody listens. */
    REFUSED,
    /** The host's name is not known. */
    NO_NAME,
    /** The request is lost on its way. */
    LOST_BEFORE,
    /** The request is processed, and its answer lost. */
    LOST_AFTER,
    /** The request is processed, and its answer ends in the middle. */
    CUT,
    /** The request is lost, and waited for in vain. */
    HUNG_BEFORE,
    /** The request is processed, and its answer comes too late. */
    HUNG_AFTER,
    /** A portal answers. */
    HTML,
    /** A portal sends the caller elsewhere. */
    REDIRECT,
    /** The answer is not JSON. */
    GARBAGE,
    /** The answer has no body. */
    EMPTY,
    /** The answer is larger than any may be. */
    TOO_LARGE,
    /** The server fails, before it has done anything. */
    S500,
    /** A gateway fails after the server has done its work. */
    S504_AFTER,
    /** A gateway fails. */
    S502,
    /** The server is busy, and says for how long. */
    S503_RETRY_AFTER,
    /** The caller calls too often. */
    S429_RETRY_AFTER,
    /** The credentials are refused. */
    S401,
    /** The caller may not. */
    S403,
    /** There is no such thing. */
    S404;

    boolean processed() {
        return this == LOST_AFTER || this == CUT || this == HUNG_AFTER || this == S504_AFTER || this == TOO_LARGE;
    }
}
