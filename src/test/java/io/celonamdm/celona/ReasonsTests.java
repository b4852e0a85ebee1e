package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Device group: new1 doesn't exist|DG_NOT_FOUND",
                "No IMSI records found for the given ICCIDs|UNKNOWN_ICCID",
                "ICCID status needs to be 'Provisioned' for activation, following ICCIDs are not provisioned"
                        + "|NOT_PROVISIONED",
                "Devices already are assigned to a Device Group, please reassign them first|ALREADY_IN_GROUP",
                "Corrupted Record|CORRUPT_RECORD",
                "Duplicate ICCID records in the CSV, 1st occurrence has been processed|DUPLICATE",
                "Invalid Sim Lock Params, all sim lock fields must be specified and valid. SimLockStatus must be "
                        + "Enabled/Disabled, SimLockPolicy should be IMEIMAPPING/ONATTACH when enabled, "
                        + "SimLockExpectedIMEI should be empty for IMEIMAPPING and must be specified for ONATTACH"
                        + "|SIMLOCK_INVALID",
                "Sim Lock configurations are not supported when GROUPBASEDDEVICEACTIVATION and NEWIPDOMAINWORKFLOW "
                        + "flags are disabled. SimLockStatus should be Disabled or left empty|SIMLOCK_UNSUPPORTED",
                "DEFAULTLOCKONACTIVATION flag is enabled for the customer which means that all the devices are "
                        + "required to be locked during activation.|LOCK_REQUIRED"
            })
    void documentedReasonsHaveTheirCodeInAnyCaseAndWithAnyQuotes(String reason, ReasonCode code) {
        Stream.of(
                        reason,
                        reason.toUpperCase(Locale.ROOT),
                        reason.toLowerCase(Locale.ROOT),
                        reason.replace('\'', '’'),
                        reason.replaceAll("'(\\w+)'", "‘$1’"),
                        reason.replaceAll("'(\\w+)'", "“$1”"),
                        " " + reason.replace(" ", "\u00A0 ") + "\n")
                .forEach(text -> assertThat(Reasons.classify(text)).as(text).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "Device group: not provisioned doesn't exist",
        "Device group: Duplicate ICCID does not exist",
        "Device group: already assigned to a device group doesn’t exist"
    })
    void aGroupsNameIsNotTakenForAReason(String reason) {
        assertThat(Reasons.classify(reason)).isEqualTo(ReasonCode.DG_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"''", "Something new", "Device group updated", "Provisioned"})
    void whatTheDocumentDoesNotHaveIsOther(String reason) {
        assertThat(Reasons.classify(reason)).isEqualTo(ReasonCode.OTHER);
    }

    @Test
    void flagsOfTheAccountConcernEachDevice() {
        assertThat(Stream.of(ReasonCode.values()).filter(Reasons::accountWide))
                .containsExactlyInAnyOrder(ReasonCode.SIMLOCK_UNSUPPORTED, ReasonCode.LOCK_REQUIRED);
    }
}
