package io.celonamdm.simulator.celona;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The samples of "Bulk Device Activation and Device Group Assignment API", with typos corrected. */
class ActivationTest {
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
    void activationAndGroupAssignment() throws IOException {
        provisioned("89105212033100003477", "89105212033100003478", "89105212033100003479");

        assertThat(calls.activate("ACTIVATE_AND_DG_ASSIGN", HEADER + """
                                        89105212033100003477,Cluster123,Tom's Macbook,TestDeviceGroup
                                        89105212033100003478,Cluster123,Jane's iPhone,TestDeviceGroup
                                        89105212033100003479,Cluster123,Dan's iPad,TestDeviceGroup
                                        """).json())
                .isEqualTo(Json.read("""
                                {"data": {"failed_devices": null, "successful_devices": [
                                 {"action": "DEVICE_ACTIVATION", "iccids":
                                  ["89105212033100003477", "89105212033100003478", "89105212033100003479"]},
                                 {"action": "DEVICE_NAME_UPDATE", "iccids":
                                  ["89105212033100003477", "89105212033100003478", "89105212033100003479"]},
                                 {"action": "DEVICE_GROUP_ASSIGNMENT", "iccids":
                                  ["89105212033100003477", "89105212033100003478", "89105212033100003479"]}]},
                                 "responseMeta": {"code": 200, "error": "", "success": true}}
                                """));
        Esim esim = celona.truth().esim("89105212033100003478").orElseThrow();
        assertThat(esim.state()).isEqualTo(EsimState.ACTIVE);
        assertThat(esim.name()).isEqualTo("Jane's iPhone");
        assertThat(esim.group()).isEqualTo("TestDeviceGroup");
    }

    @Test
    void activationAloneLeavesTheGroupAndMayForgetANameUpdate() throws IOException {
        provisioned("89105212033100003474", "89105212033100003475");

        JsonNode successes =
                calls.activate("ACTIVATE", HEADER + """
                                89105212033100003474,Cluster123,Tom's Macbook,TestDeviceGroup
                                89105212033100003475,Cluster123,,TestDeviceGroup
                                """).json().path("data").path("successful_devices");

        assertThat(successes).isEqualTo(Json.read("""
                                [{"action": "DEVICE_ACTIVATION", "iccids":
                                  ["89105212033100003474", "89105212033100003475"]},
                                 {"action": "DEVICE_NAME_UPDATE", "iccids": ["89105212033100003474"]}]
                                """));
        assertThat(celona.truth().esim("89105212033100003474").orElseThrow().group())
                .isEmpty();
    }

    @Test
    void groupAssignmentTakesThreeColumns() throws IOException {
        celona.stock("89105212033100003474", "89105212033100003475", "89105212033100003476");

        assertThat(calls.activate("DG_ASSIGN", """
                                ICCID,CLUSTER_NAME,DEVICE_GROUP
                                89105212033100003474,Cluster123,TestDeviceGroup
                                89105212033100003475,Cluster123,TestDeviceGroup
                                89105212033100003476,Cluster123,
                                """).json().path("data")).isEqualTo(Json.read("""
                                {"failed_devices": null, "successful_devices": [
                                 {"action": "DEVICE_GROUP_ASSIGNMENT", "iccids":
                                  ["89105212033100003474", "89105212033100003475", "89105212033100003476"]}]}
                                """));
        assertThat(celona.truth().esim("89105212033100003476").orElseThrow().group())
                .isEqualTo("default");
    }

    @Test
    void mismatchedColumnsAreACorruptedRecord() throws IOException {
        assertThat(failures("ACTIVATE", HEADER + """
                                891052120331000034772305,Cluster123,Tom’s iPhone,TestDeviceGroup
                                89105212033100003478,Cluster123
                                """)).isEqualTo(Json.read("""
                                [{"action": "FILE_IO", "file_records": [
                                 "891052120331000034772305 Cluster123 Tom’s iPhone TestDeviceGroup",
                                 "89105212033100003478 Cluster123"], "reason": "Corrupted Record"}]
                                """));
    }

    @Test
    void ofDuplicatesTheFirstIsProcessed() throws IOException {
        provisioned("89105212033100003481");

        assertThat(failures("ACTIVATE_AND_DG_ASSIGN", HEADER + """
                                89105212033100003481,Cluster123,Jane's iPad,TestDeviceGroup
                                89105212033100003481,Cluster123,Jane's iPad,TestDeviceGroup
                                """)).isEqualTo(Json.read("""
                                [{"action": "FILE_IO", "file_records": [
                                 "89105212033100003481 Cluster123 TestDeviceGroup"],
                                 "reason": "Duplicate ICCID records in the CSV, 1st occurrence has been processed"}]
                                """));
        assertThat(celona.truth().esims(EsimState.ACTIVE)).hasSize(1);
    }

    @Test
    void variousErrorsInActivation() throws IOException {
        provisioned("89105212033100003485", "89105212033100003483", "89105212033100003484");
        celona.stock("90105212033100000244");
        celona.faults()
                .once(
                        "POST",
                        "activation-from-file",
                        CelonaFaults.withoutIccids("89105212033100003483", "89105212033100003484"));

        assertThat(calls.activate("ACTIVATE", HEADER + """
                                        89105212033100003483,2305test123,Bob’s Device 1,TestDeviceGroup
                                        89105212033100003484,,Bob’s Device 2,TestDeviceGroup
                                        89105212033100003485,Cluster123,Bob’s Device 3,TestDeviceGroup
                                        89105212033100003486,Cluster123,Bob’s Device 4,TestDeviceGroup
                                        90105212033100000244,Cluster123,Bob’s Device 6,TestDeviceGroup
                                        """).json()).isEqualTo(Json.read("""
                                {"data": {"failed_devices": [
                                 {"action": "DEVICE_ACTIVATION", "iccids": ["89105212033100003486"],
                                  "reason": "No IMSI records found for the given ICCIDs"},
                                 {"action": "DEVICE_ACTIVATION", "iccids": ["90105212033100000244"],
                                  "reason": "ICCID status needs to be 'Provisioned' for activation, \
                                following ICCIDs are not provisioned"}],
                                 "successful_devices": [
                                 {"action": "DEVICE_ACTIVATION", "iccids": ["89105212033100003485"]},
                                 {"action": "DEVICE_NAME_UPDATE", "iccids": ["89105212033100003485"]}]},
                                 "responseMeta": {"code": 200, "error": "", "success": true}}
                                """));
    }

    @Test
    void errorsInGroupAssignmentWithFourFields() throws IOException {
        provisioned("89105212033100003497", "89105212033100003498", "89105212033100000193");
        calls.activate("DG_ASSIGN", "ICCID,CLUSTER_NAME,DEVICE_GROUP\n89105212033100000193,,TestDeviceGroup\n");

        assertThat(failures("DG_ASSIGN", """
                        ICCID,CLUSTER_NAME,DEVICE_NAME,DEVICE_GROUP
                        89105212033100003497,Cluster123,,
                        89105212033100003498,Cluster123,,new1
                        89105212033100003500,Cluster123,,
                        89105212033100000193,Cluster123,,TestDeviceGroup
                        """)).containsExactlyInAnyOrderElementsOf(Json.read("""
                                [{"action": "DEVICE_GROUP_ASSIGNMENT", "iccids": ["89105212033100000193"], "reason":
                                  "Devices already are assigned to a Device Group, please reassign them first"},
                                 {"action": "DEVICE_GROUP_ASSIGNMENT", "iccids": ["89105212033100003500"], "reason":
                                  "No IMSI records found for the given ICCIDs"},
                                 {"action": "DEVICE_GROUP_ASSIGNMENT", "iccids": ["89105212033100003498"], "reason":
                                  "Device group: new1 doesn't exist"}]
                                """));
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
