package io.celonamdm.operations.client;

/** Ends a verb: what failed, what to do about it, and the exit code. */
final class VerbFailed extends RuntimeException {
    /** The connector refused or failed what was asked for. */
    static final int REFUSED = 1;
    /** What was asked for is not complete. */
    static final int USAGE = 2;
    /** No connector answers at the address. */
    static final int UNREACHABLE = 3;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String todo;

    private VerbFailed(int exitCode, String text, String todo) {
        super(text);
        this.exitCode = exitCode;
        this.todo = todo;
    }

    static VerbFailed refused(String text, String todo) {
        return new VerbFailed(REFUSED, text, todo);
    }

    static VerbFailed usage(String text, String todo) {
        return new VerbFailed(USAGE, text, todo);
    }

    static VerbFailed unreachable(String text, String todo) {
        return new VerbFailed(UNREACHABLE, text, todo);
    }

    int exitCode() {
        return exitCode;
    }

    /** What happened and, on a line of its own, what to do. */
    String text() {
        return getMessage() + (todo.isEmpty() ? "" : System.lineSeparator() + todo);
    }
}
