package io.celonamdm.simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.celona.Esim;
import io.celonamdm.simulator.celona.EsimState;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A night by hand: assign, wait, push, activate. */
class DemoScenarioTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final DemoScenario demo = DemoScenario.start();
    private final Simulation simulation = demo.simulation();
    private final Client celona = new Client(simulation.celona().url(), "X-API-Key", Simulation.API_KEY);

    @AfterEach
    void close() {
        demo.close();
    }

    @Test
    void eachKindOfFailureHappens() throws IOException {
        String requestId = assign();
        JsonNode configs = awaitSuccess(requestId);
        assertThat(statusOf(DemoMishap.REFUSED_EID, configs)).isEqualTo("FAILED");

        push();
        await().atMost(SOON).until(() -> downloaded(demo.healthy()));
        await().atMost(SOON)
                .until(() -> simulation.jamf().commands(demo.phone(DemoMishap.BUSY)).stream()
                        .anyMatch(command -> command.state().equals("ERROR")));
        assertThat(simulation
                        .jamf()
                        .commands(demo.phone(DemoMishap.OFFLINE))
                        .get(0)
                        .state())
                .isEqualTo("PENDING");

        String answer = activate();
        assertThat(answer).contains("No IMSI records found", "Device group: Loan Pool doesn't exist");
        assertThat(answer).contains("Devices already are assigned");
        assertThat(answer).doesNotContain(iccid(DemoMishap.VANISHING_ICCID));
        assertThat(answer).contains(iccid(DemoMishap.UNKNOWN_ICCID), iccid(DemoMishap.ALREADY_IN_GROUP));
        assertThat(simulation.celona().truth().activeEids())
                .containsAll(demo.healthy().stream().map(Phone::eid).toList())
                .as("the phone that is off, and does not know of its active eSIM")
                .contains(demo.phone(DemoMishap.OFFLINE).eid());
        assertThat(simulation.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void theInventoryShowsWhatIsWrongInIt() throws IOException {
        String inventory = new Client(simulation.jamf().url(), "Authorization", "Bearer " + token())
                .get("/api/v2/mobile-devices/detail?section=GENERAL&section=NETWORK")
                .body();

        assertThat(inventory).contains("8.90490321234512E+31", "UserEnrollment", "Lobby iPad (Wi-Fi)");
        assertThat(inventory)
                .doesNotContain(demo.phone(DemoMishap.SCIENTIFIC_EID).eid());
        assertThat(inventory.split(demo.phone(DemoMishap.ENROLLED_TWICE).eid(), -1))
                .hasSize(3);
    }

    private String assign() throws IOException {
        String rows =
                simulation.fleet().eids().stream().map(eid -> eid + ",phone\n").collect(joining());
        String path = "/v1/api/rsp/esims/assign-eid?customer_id=" + Simulation.CUSTOMER_ID;
        return celona.upload(path, "eidFile", "EID,Name\n" + rows, "customer_id", Simulation.CUSTOMER_ID)
                .json()
                .findPath("request_id")
                .asText();
    }

    private JsonNode awaitSuccess(String requestId) {
        return await().atMost(SOON)
                .until(
                        () -> celona.get("/v1/api/rsp/esims/eid-status?request_id=" + requestId)
                                .json()
                                .findPath("configs"),
                        configs -> configs.findValuesAsText("status").stream().noneMatch("PENDING"::equals));
    }

    private String statusOf(DemoMishap mishap, JsonNode configs) {
        for (JsonNode config : configs) {
            if (config.path("eid").asText().equals(demo.phone(mishap).eid())) {
                return config.path("status").asText();
            }
        }
        return "absent";
    }

    private void push() throws IOException {
        Client jamf = new Client(simulation.jamf().url(), "Authorization", "Bearer " + token());
        Object command = Json.object(
                "commandType",
                "REFRESH_CELLULAR_PLANS",
                "esimServerUrl",
                simulation.celona().settings().serverUrl());
        for (Phone phone : simulation.fleet().phones()) {
            Object clients = List.of(Json.object("managementId", phone.managementId()));
            String body = Json.write(Json.object("clientData", clients, "commandData", command));
            assertThat(jamf.send("POST", "/api/v2/mdm/commands", "application/json", body)
                            .status())
                    .isEqualTo(201);
        }
    }

    private String token() throws IOException {
        String form = "grant_type=client_credentials&client_id=" + Simulation.CLIENT_ID + "&client_secret="
                + URLEncoder.encode(Simulation.CLIENT_SECRET, StandardCharsets.UTF_8);
        return new Client(simulation.jamf().url(), "Accept", "*/*")
                .send("POST", "/api/v1/oauth/token", "application/x-www-form-urlencoded", form)
                .json()
                .path("access_token")
                .asText();
    }

    private boolean downloaded(List<Phone> phones) {
        List<String> eids = simulation.celona().truth().esims(EsimState.DOWNLOADED).stream()
                .map(Esim::eid)
                .toList();
        return eids.containsAll(phones.stream().map(Phone::eid).toList());
    }

    private String activate() throws IOException {
        String rows = simulation.celona().truth().assignments().entrySet().stream()
                .map(entry -> entry.getValue().get(0) + ",,phone," + group(entry.getKey()) + "\n")
                .collect(joining());
        return celona.upload(
                        "/v1/api/hss/activation-from-file?op_code=ACTIVATE_AND_DG_ASSIGN&customer_id="
                                + Simulation.CUSTOMER_ID,
                        "simDataFile",
                        "ICCID,CLUSTER_NAME,DEVICE_NAME,DEVICE_GROUP\n" + rows,
                        "",
                        "")
                .body();
    }

    private String group(String eid) {
        boolean loaner = simulation.fleet().phone(eid).orElseThrow().groups().contains(DemoScenario.LOANERS);
        return loaner ? DemoScenario.LOAN_POOL : DemoScenario.FIELD_CREW;
    }

    private String iccid(DemoMishap mishap) {
        return simulation.celona().truth().iccidsOf(demo.phone(mishap).eid()).get(0);
    }
}
