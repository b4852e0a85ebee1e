package io.celonamdm.operations.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The output of a command. */
final class Terminal {
    private Terminal() {}

    /** Whether a person is watching. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // from JDK 22 on there always is a console, which says itself whether it is one
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Leaves the standard output to the command's result; the log goes to the other one. */
    static void keepForResult() {
        System.setOut(System.err);
    }

    /** The standard output, also after {@link #keepForResult()}. */
    static PrintStream result() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }
}
