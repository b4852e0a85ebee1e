package io.celonamdm.simulator.jamf;

import static io.celonamdm.simulator.jamf.OneProfile.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.PhoneModel;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshCommandTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PhoneFleet fleet = PhoneFleet.of(1, 1);
    private final Phone phone = fleet.phones().get(0);
    private final JamfSimulator jamf = JamfSimulator.start(0, fleet, new OneProfile());
    private final JamfCalls calls = new JamfCalls(jamf);

    @AfterEach
    void close() {
        jamf.close();
    }

    @Test
    void anOnlinePhoneAcknowledgesAndDownloads() throws IOException {
        Reply reply = calls.refresh(phone.managementId(), ADDRESS);

        assertThat(reply.status()).isEqualTo(201);
        String uuid = reply.json().get(0).path("id").asText();
        assertThat(reply.json().get(0).path("href").asText()).endsWith(uuid);
        awaitState(uuid, "ACKNOWLEDGED");
        await().atMost(SOON).until(() -> phone.celonaIccids().contains(OneProfile.ICCID));
        JsonNode subscriptions = calls.client()
                .get(JamfCalls.DETAIL + "?section=SERVICE_SUBSCRIPTIONS")
                .json()
                .findPath("serviceSubscriptions");
        assertThat(subscriptions.get(0).path("iccid").asText()).isEqualTo("8910 5212 0331 0000 3474");
        assertThat(subscriptions.get(0).path("eid").asText()).isEqualTo(phone.eid());
    }

    @Test
    void anotherAddressDownloadsNothing() throws IOException {
        awaitState(send("https://elsewhere.example.com"), "ACKNOWLEDGED");

        await().during(Duration.ofMillis(200))
                .atMost(SOON)
                .until(() -> phone.celonaIccids().isEmpty());
    }

    @Test
    void anAddressWithoutSchemeIsAFormatError() throws IOException {
        awaitState(send("smdp.example.com"), "COMMAND_FORMAT_ERROR");
    }

    @Test
    void anOfflinePhoneLeavesTheCommandPendingUntilItIsOnline() throws IOException {
        phone.behaviour().online(false);
        String uuid = send(ADDRESS);

        String filter = "clientManagementId==" + phone.managementId()
                + ";command==REFRESH_CELLULAR_PLANS;active==true;status==Pending";
        await().during(Duration.ofMillis(200))
                .atMost(SOON)
                .until(() -> calls.command(filter).path("totalCount").asInt() == 1);
        phone.behaviour().online(true);
        awaitState(uuid, "ACKNOWLEDGED");
        assertThat(calls.command(filter).path("totalCount").asInt()).isZero();
    }

    @Test
    void aPhoneThatAnswersNotNowTakesTheCommandLater() throws IOException {
        phone.behaviour().notNow(8);
        String uuid = send(ADDRESS);

        awaitState(uuid, "NOT_NOW");
        assertThat(calls.command("status==NotNow").path("totalCount").asInt()).isEqualTo(1);
        awaitState(uuid, "ACKNOWLEDGED");
    }

    @Test
    void aBusyPhoneFailsOnce() throws IOException {
        phone.behaviour().busy(1);
        String uuid = send(ADDRESS);

        awaitState(uuid, "ERROR");
        JsonNode error = calls.command("uuid==" + uuid).findPath("commandError");
        assertThat(error.path("errorCode").asInt()).isEqualTo(36003);
        awaitState(send(ADDRESS), "ACKNOWLEDGED");
    }

    @Test
    void unsupportedHardwareFailsForEver() throws IOException {
        Phone tablet = fleet.add(new Phone("", "DMQVGC0DHLA0", "iPad").model(PhoneModel.IPAD_WIFI));
        phone.behaviour().unsupported(true);

        for (Phone unable : fleet.phones()) {
            String uuid = calls.refresh(unable.managementId(), ADDRESS)
                    .json()
                    .get(0)
                    .path("id")
                    .asText();
            awaitState(uuid, "ERROR");
            assertThat(calls.command("uuid==" + uuid).findPath("errorCode").asInt())
                    .isEqualTo(36002);
        }
        assertThat(jamf.commands(tablet)).hasSize(1);
    }

    @Test
    void badCommandsAreRefused() throws IOException {
        assertThat(calls.refresh("nobody", ADDRESS).status()).isEqualTo(400);
        assertThat(calls.refresh(phone.managementId(), "").status()).isEqualTo(400);
        assertThat(calls.client().get(JamfCalls.COMMANDS).status()).isEqualTo(400);
        assertThat(calls.command("profileId==1").path("httpStatus").asInt()).isEqualTo(400);
        assertThat(jamf.commands()).isEmpty();
    }

    private String send(String address) throws IOException {
        return calls.refresh(phone.managementId(), address)
                .json()
                .get(0)
                .path("id")
                .asText();
    }

    private void awaitState(String uuid, String state) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> calls.command("uuid==" + uuid)
                        .findPath("commandState")
                        .asText()
                        .equals(state));
    }
}
