package io.celonamdm.simulator.jamf;

import static io.celonamdm.simulator.jamf.JamfCalls.DETAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final PhoneFleet fleet = PhoneFleet.of(1, 1);
    private final Phone phone = fleet.phones().get(0);
    private final JamfSimulator jamf = JamfSimulator.start(0, fleet, new OneProfile());
    private final JamfCalls calls = new JamfCalls(jamf);

    @AfterEach
    void close() {
        jamf.close();
    }

    @Test
    void tokensAreGivenForFormEncodedCredentialsOnly() throws IOException {
        jamf.settings().client("id", "p+a&s/s%word=ü").tokenLifetime(Duration.ofSeconds(90));

        JsonNode token = calls.token("/api/v1/oauth/token", calls.credentials()).json();
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.path("expires_in").asInt()).isEqualTo(90);

        Reply raw = calls.token(
                "/api/v1/oauth/token", "grant_type=client_credentials&client_id=id&client_secret=p+a&s/s%word=ü");
        assertThat(raw.status()).isEqualTo(400);
        assertThat(raw.json().path("error").asText()).isEqualTo("invalid_request");
        Reply wrong =
                calls.token("/api/v1/oauth/token", "grant_type=client_credentials&client_id=id&client_secret=wrong");
        assertThat(wrong.json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(calls.anonymous()
                        .send("POST", "/api/v1/oauth/token", "application/json", "{}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void olderServersHaveTheUnversionedPathOnly() throws IOException {
        jamf.settings().unversionedTokenOnly(true);

        assertThat(calls.token("/api/v1/oauth/token", calls.credentials()).status())
                .isEqualTo(404);
        assertThat(calls.token("/api/oauth/token", calls.credentials()).status())
                .isEqualTo(200);
    }

    @Test
    void tokensExpire() throws IOException {
        assertThat(calls.client().get(DETAIL).status()).isEqualTo(200);

        jamf.settings().tokenLifetime(Duration.ofMillis(1));
        Client client = calls.client();
        await().until(() -> client.get(DETAIL).status() == 401);
        assertThat(client.get(DETAIL).body())
                .isEqualTo("{\"httpStatus\":401,\"errors\":[{\"code\":\"INVALID_TOKEN\","
                        + "\"description\":\"Unauthorized\",\"id\":\"0\",\"field\":null}]}");
    }

    @Test
    void aMissingPrivilegeIsForbidden() throws IOException {
        jamf.settings().revoke(Privilege.REFRESH_CELLULAR_PLANS);

        Reply reply = calls.refresh(phone.managementId(), OneProfile.ADDRESS);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("httpStatus").asInt()).isEqualTo(403);
        assertThat(jamf.commands()).isEmpty();
    }
}
