package io.celonamdm.story;

/** The process is dead: whatever it tries from now on has no effect. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
        super("the process was killed", null, false, false);
    }
}
