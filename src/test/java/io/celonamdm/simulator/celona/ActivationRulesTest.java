package io.celonamdm.simulator.celona;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of "Bulk Device Activation and Device Group Assignment API" beyond its samples. */
class ActivationRulesTest {
    private static final String HEADER = "ICCID,CLUSTER_NAME,DEVICE_NAME,DEVICE_GROUP\n";

    private final CelonaSimulator celona = CelonaSimulator.start();
    private final CelonaCalls calls = new CelonaCalls(celona);

    @BeforeEach
    void setUp() {
        celona.settings().deviceGroups("TestDeviceGroup").assignDelay(Duration.ZERO);
    }

    @AfterEach
    void close() {
        celona.close();
    }

    @Test
    void anActiveEsimIsNotProvisionedAnyMore() throws IOException {
        provisioned("89105212033100003474");
        String csv = HEADER + "89105212033100003474,,,\n";

        assertThat(failures("ACTIVATE", csv).isNull()).isTrue();
        assertThat(failures("ACTIVATE", csv).findPath("reason").asText()).isEqualTo(Reason.NOT_PROVISIONED);
    }

    @Test
    void anAssignedEsimMayCountAsProvisioned() throws IOException {
        celona.stock("89105212033100003474");
        calls.assign("EID,Name\n" + CelonaCalls.EID + ",phone\n");
        String csv = HEADER + "89105212033100003474,,,\n";

        assertThat(failures("ACTIVATE", csv).findPath("reason").asText()).isEqualTo(Reason.NOT_PROVISIONED);
        celona.settings().provisionedWhen(ProvisionedWhen.ASSIGNED);
        assertThat(failures("ACTIVATE", csv).isNull()).isTrue();
    }

    @Test
    void simLockFieldsGoTogether() throws IOException {
        provisioned("89105212033100003500", "89105212033100003501", "89105212033100003502", "89105212033100003503");

        JsonNode failures = failures("ACTIVATE", """
                ICCID,CLUSTERNAME,DEVICENAME,DEVICEGROUPNAME,SIMLOCKSTATUS,SIMLOCKPOLICY,SIMLOCKEXPECTEDIMEI
                89105212033100003500,,DeviceTest1,,Enabled,ONATTACH,
                89105212033100003501,,DeviceTest2,,Disabled,,
                89105212033100003502,,,,Enabled,IMEIMAPPING,123456789012345
                89105212033100003503,,,,Enabled,IMEIMAPPING,
                """);

        assertThat(failures).hasSize(1);
        assertThat(failures.findPath("iccids")).isEqualTo(Json.read("[\"89105212033100003503\"]"));
        assertThat(failures.findPath("reason").asText()).startsWith("Invalid Sim Lock Params, all sim lock fields");
    }

    @Test
    void theImeiMayGoWithTheOtherPolicy() throws IOException {
        provisioned("89105212033100003500", "89105212033100003501", "89105212033100003502", "89105212033100003503");
        celona.settings().imeiWith("ONATTACH");

        JsonNode failures = failures("ACTIVATE", """
                ICCID,CLUSTERNAME,DEVICENAME,DEVICEGROUPNAME,SIMLOCKSTATUS,SIMLOCKPOLICY,SIMLOCKEXPECTEDIMEI
                89105212033100003500,,,,Enabled,ONATTACH,123456789012345
                89105212033100003501,,,,Enabled,ONATTACH,
                89105212033100003502,,,,Enabled,IMEIMAPPING,
                89105212033100003503,,,,Enabled,IMEIMAPPING,123456789012345
                """);

        assertThat(failures.findPath("iccids"))
                .isEqualTo(Json.read("[\"89105212033100003501\",\"89105212033100003503\"]"));
    }

    @Test
    void accountFlagsDecideAboutSimLocks() throws IOException {
        provisioned("89105212033100003500", "89105212033100003501");

        celona.settings().lockRequired(true);
        assertThat(failures("ACTIVATE", HEADER + "89105212033100003500,,,\n")
                        .findPath("reason")
                        .asText())
                .startsWith("DEFAULTLOCKONACTIVATION flag is enabled");
        celona.settings().simLockSupported(false);
        assertThat(failures("ACTIVATE", HEADER + "89105212033100003501,,,,Enabled,ONATTACH,\n")
                        .findPath("reason")
                        .asText())
                .startsWith("Sim Lock configurations are not supported");
    }

    @Test
    void aMalformedRequestIsRefusedInTheOtherEnvelope() throws IOException {
        assertThat(calls.activate("ACTIVATE", "89105212033100003500,,,\n").body())
                .isEqualTo("{\"data\":null,\"responseMeta\":"
                        + "{\"code\":400,\"error\":\"The header row is missing\",\"success\":false}}");
        assertThat(calls.activate("DEACTIVATE", HEADER + "89105212033100003500,,,\n")
                        .status())
                .isEqualTo(400);
    }

    private JsonNode failures(String opCode, String csv) throws IOException {
        return calls.activate(opCode, csv).json().path("data").path("failed_devices");
    }

    private void provisioned(String... iccids) {
        celona.stock(iccids);
        for (String iccid : iccids) {
            celona.provision(iccid);
        }
    }
}
