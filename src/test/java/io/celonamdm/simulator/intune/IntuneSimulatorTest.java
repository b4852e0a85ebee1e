package io.celonamdm.simulator.intune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntuneSimulatorTest {
    private static final String DEVICES = "/v1.0/deviceManagement/managedDevices";

    private final PhoneFleet fleet = PhoneFleet.of(5, 1);
    private final IntuneSimulator intune = IntuneSimulator.start(0, fleet, new ProfileServer() {
        @Override
        public List<String> ordered(String address, String eid) {
            return List.of();
        }

        @Override
        public void downloaded(String iccid) {}
    });

    @AfterEach
    void stop() {
        intune.close();
    }

    private Reply token(String secret) throws IOException {
        String form = "grant_type=client_credentials&scope=x/.default&client_id=%s&client_secret=%s"
                .formatted(intune.settings().clientId(), secret);
        return new Client(intune.url(), "Accept", "application/json")
                .send(
                        "POST",
                        "/" + intune.settings().tenantId() + "/oauth2/v2.0/token",
                        "application/x-www-form-urlencoded",
                        form);
    }

    private Client client() throws IOException {
        String token = token("secret").json().path("access_token").asText();
        return new Client(intune.url(), "Authorization", "Bearer " + token);
    }

    @Test
    void onlyTheClientGetsAToken() throws IOException {
        assertThat(token("wrong").json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(new Client(intune.url(), "Authorization", "Bearer x")
                        .get(DEVICES)
                        .status())
                .isEqualTo(401);
        assertThat(client().get(DEVICES).status()).isEqualTo(200);
    }

    @Test
    void aListHasPagesAndNoHardware() throws IOException {
        intune.settings().pageSize(2);
        Client client = client();

        JsonNode page = client.get(DEVICES).json();

        assertThat(page.path("value")).hasSize(2);
        assertThat(page.path("value").get(0).path("hardwareInformation").isNull())
                .isTrue();
        String next = page.path("@odata.nextLink").asText().replace(intune.url(), "");
        assertThat(client.get(next).json().path("value")).hasSize(2);
    }

    @Test
    void aBatchAnswersEachRequestInAnotherOrder() throws IOException {
        Phone phone = fleet.phones().get(0);
        String url = "/deviceManagement/managedDevices/";
        Object known = Json.object(
                "id", "1", "method", "GET", "url", url + phone.managementId() + "?$select=hardwareInformation");
        Object unknown = Json.object("id", "2", "method", "GET", "url", url + "nobody");

        JsonNode responses = client().send(
                        "POST",
                        "/beta/$batch",
                        "application/json",
                        Json.write(Json.object("requests", List.of(known, unknown))))
                .json()
                .path("responses");

        assertThat(responses.get(0).path("status").asInt()).isEqualTo(404);
        assertThat(responses
                        .get(1)
                        .path("body")
                        .path("hardwareInformation")
                        .path("esimIdentifier")
                        .asText())
                .isEqualTo(phone.eid());
    }

    @Test
    void aFileNeedsItsSignatureAndNoToken() throws IOException {
        Client client = client();
        String body = Json.write(Json.object("reportName", "DevicesWithInventory", "select", List.of("EID")));
        String jobs = "/v1.0/deviceManagement/reports/exportJobs";
        String id = client.send("POST", jobs, "application/json", body)
                .json()
                .path("id")
                .asText();
        client.get(jobs + "/" + id);
        JsonNode job = client.get(jobs + "/" + id).json();
        String file = job.path("url").asText().replace(intune.url(), "");

        assertThat(job.path("status").asText()).isEqualTo("completed");
        assertThat(client.get(file).status()).isEqualTo(400);
        Client anonymous = new Client(intune.url(), "Accept", "*/*");
        assertThat(anonymous.get(file).body()).startsWith("PK");
        assertThat(anonymous.get(file.replaceFirst("sig=.", "sig=X")).status()).isEqualTo(403);
    }
}
