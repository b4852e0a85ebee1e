package io.celonamdm.platform.jamf;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Again;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The meaning of a command's state. Jamf Pro spells the states {@code NOT_NOW} in its answers and {@code NotNow} in its
 * filters; the error codes are Apple's for this command.
 */
final class CommandFate {
    /** The device could not reach its cellular stack, or the stack was busy. */
    private static final List<String> PASSING = List.of("36001", "36003");

    private static final String UNSUPPORTED = "36002";

    private CommandFate() {}

    static PushOutcome of(String eid, Fields command) {
        String word = command.text("commandState")
                .orElseThrow(() -> new UnreadableAnswer("a command's state", "a command without one"));
        return switch (word.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT)) {
            case "ACKNOWLEDGED" -> new Acknowledged(eid);
            case "ERROR", "COMMANDFORMATERROR" -> error(eid, word, command.object("commandError"));
            // PENDING and NOTNOW; an unknown state never causes another command
            default -> new Waiting(eid, word);
        };
    }

    /** Whether the device may still answer the command. */
    static boolean isOpen(Fields command) {
        return command.text("commandState").isPresent() && of("", command) instanceof Waiting;
    }

    /** Whether the command came to its end; one without a state may not have. */
    static boolean isEnded(Fields command) {
        return command.text("commandState").isPresent() && !isOpen(command);
    }

    private static PushOutcome error(String eid, String word, Fields error) {
        String code = error.textOrEmpty("errorCode");
        String reason = reason(word, code, error);
        if (PASSING.contains(code)) {
            return new Again(eid, reason);
        }
        ReasonCode failure = code.equals(UNSUPPORTED) ? ReasonCode.HARDWARE_UNSUPPORTED : ReasonCode.COMMAND_FAILED;
        return new Failed(eid, failure, reason);
    }

    private static String reason(String word, String code, Fields error) {
        String description =
                error.text("errorEnglishDescription").orElseGet(() -> error.textOrEmpty("errorLocalizedDescription"));
        String source = Stream.of(error.textOrEmpty("errorDomain"), code)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return Stream.of(word, source, description)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
