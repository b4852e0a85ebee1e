package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Again;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFateTests {
    private static final String EID = "89049032007008882600085727376656";

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "Pending", "NOT_NOW", "NotNow", "Not Now", "SOMETHING_NEW"})
    void waiting(String word) {
        assertThat(fate(Map.of("commandState", word))).isEqualTo(new Waiting(EID, word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACKNOWLEDGED", "Acknowledged"})
    void acknowledged(String word) {
        assertThat(fate(Map.of("commandState", word))).isEqualTo(new Acknowledged(EID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"36001", "36003"})
    void passingErrors(String code) {
        assertThat(error("Error", Integer.valueOf(code), "Busy"))
                .isEqualTo(new Again(EID, "Error: MCMDMErrorDomain " + code + ": Busy"));
    }

    @Test
    void unsupportedHardware() {
        assertThat(error("ERROR", "36002", "No cellular"))
                .isEqualTo(
                        new Failed(EID, ReasonCode.HARDWARE_UNSUPPORTED, "ERROR: MCMDMErrorDomain 36002: No cellular"));
    }

    @Test
    void otherErrors() {
        assertThat(error("ERROR", 12021, "Unknown command"))
                .isEqualTo(
                        new Failed(EID, ReasonCode.COMMAND_FAILED, "ERROR: MCMDMErrorDomain 12021: Unknown command"));
    }

    @Test
    void formatErrorWithoutDetails() {
        assertThat(fate(Map.of("commandState", "COMMAND_FORMAT_ERROR")))
                .isEqualTo(new Failed(EID, ReasonCode.COMMAND_FAILED, "COMMAND_FORMAT_ERROR"));
    }

    @Test
    void localizedDescriptionIfThereIsNoEnglishOne() {
        Object error = Map.of("errorCode", 5, "errorLocalizedDescription", "Nicht bereit");

        assertThat(fate(Map.of("commandState", "ERROR", "commandError", error)))
                .isEqualTo(new Failed(EID, ReasonCode.COMMAND_FAILED, "ERROR: 5: Nicht bereit"));
    }

    @Test
    void commandWithoutState() {
        assertThatThrownBy(() -> fate(Map.of("uuid", "1"))).isInstanceOf(UnreadableAnswer.class);
    }

    private static PushOutcome error(String word, Object code, String description) {
        Object error =
                Map.of("errorCode", code, "errorDomain", "MCMDMErrorDomain", "errorEnglishDescription", description);
        return fate(Map.of("commandState", word, "commandError", error));
    }

    private static PushOutcome fate(Map<String, Object> command) {
        return CommandFate.of(EID, Fields.of(command));
    }
}
