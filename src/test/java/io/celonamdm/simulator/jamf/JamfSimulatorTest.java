package io.celonamdm.simulator.jamf;

import static io.celonamdm.simulator.jamf.JamfCalls.DETAIL;
import static io.celonamdm.simulator.jamf.JamfCalls.GROUPS;
import static io.celonamdm.simulator.jamf.JamfCalls.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.Ownership;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JamfSimulatorTest {
    private static final String SECTIONS =
            "?section=GENERAL&section=HARDWARE&section=NETWORK&section=SERVICE_SUBSCRIPTIONS&section=GROUPS"
                    + "&section=EXTENSION_ATTRIBUTES&sort=mobileDeviceId:asc";

    private final PhoneFleet fleet = PhoneFleet.of(3, 1);
    private final Phone phone = fleet.phones().get(0);
    private final JamfSimulator jamf = JamfSimulator.start(0, fleet, new OneProfile());
    private final JamfCalls calls = new JamfCalls(jamf);

    @AfterEach
    void close() {
        jamf.close();
    }

    @Test
    void theInventoryHasTheShapeOfTheSchema() throws IOException {
        phone.join("Drivers").otherIccid("8901260507071800213").otherIccid("8988211000000530082");

        JsonNode answer = calls.client().get(DETAIL + SECTIONS).json();
        assertThat(answer.path("totalCount").asInt()).isEqualTo(3);
        JsonNode record = answer.path("results").get(0);
        assertThat(record.path("mobileDeviceId").asText()).isEqualTo("101").isEqualTo(jamf.idOf(phone));
        assertThat(record.path("general").path("managementId").asText()).isEqualTo(phone.managementId());
        assertThat(record.path("hardware").path("serialNumber").asText()).isEqualTo(phone.serialNumber());
        assertThat(record.path("network").path("eid").asText()).isEqualTo(phone.eid());
        assertThat(record.path("groups").get(0).path("groupName").asText()).isEqualTo("Drivers");
        assertThat(record.path("userAndLocation").isNull()).isTrue();
        JsonNode physical = record.path("serviceSubscriptions").get(0);
        assertThat(physical.path("iccid").asText()).isEqualTo("8901 2605 0707 1800 213");
        assertThat(physical.path("eid").isNull()).isTrue();
        JsonNode esim = record.path("serviceSubscriptions").get(1);
        assertThat(esim.path("eid").asText()).isEqualTo(phone.eid());
    }

    @Test
    void sectionsNotAskedForAreNull() throws IOException {
        JsonNode record = calls.client().get(DETAIL).json().path("results").get(0);

        assertThat(record.path("general").isObject()).isTrue();
        assertThat(record.path("network").isNull()).isTrue();
        assertThat(record.path("serviceSubscriptions").isNull()).isTrue();
    }

    @Test
    void personalDevicesHideWhatIsForbidden() throws IOException {
        phone.ownership(Ownership.USER_ENROLLMENT);

        JsonNode record =
                calls.client().get(DETAIL + SECTIONS).json().path("results").get(0);
        assertThat(record.path("general").path("deviceOwnershipType").asText()).isEqualTo("UserEnrollment");
        assertThat(record.path("serviceSubscriptions")).isEmpty();
        assertThat(record.path("network").path("eid").isNull()).isTrue();
    }

    @Test
    void pagesAreClampedTo2000() throws IOException {
        IntStream.range(0, 2010).forEach(i -> fleet.add("phone " + i));

        JsonNode first = calls.client().get(DETAIL + "?page-size=5000").json();
        assertThat(first.path("totalCount").asInt()).isEqualTo(2013);
        assertThat(first.path("results")).hasSize(2000);
        assertThat(calls.client().get(DETAIL + "?page-size=5000&page=1").json().path("results"))
                .hasSize(13);
        assertThat(calls.client().get(DETAIL + "?page=21").json().path("results"))
                .isEmpty();
    }

    @Test
    void filtersAreAPartOfRsql() throws IOException {
        phone.join("Celona eSIM");
        fleet.phones().get(1).join("Celona eSIM").managed(false);

        assertThat(found("groupName==\"Celona eSIM\"")).isEqualTo(2);
        assertThat(found("managed==true and groupName=='Celona eSIM'")).isEqualTo(1);
        assertThat(found("managed==true;groupId==42")).isEqualTo(1);
        assertThat(found("serialNumber==" + phone.serialNumber())).isEqualTo(1);
        assertThat(found("groupId=in=(7,42);groupName=in=(\"Celona eSIM\", 'Else')"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deviceOwnershipType==Institutional", "managed", "managed==true or managed==false", "("})
    void otherFiltersAreRefused(String filter) throws IOException {
        Reply reply = calls.client().get(DETAIL + "?filter=" + encoded(filter));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("errors").get(0).path("description").asText())
                .startsWith("Cannot");
    }

    @Test
    void attributesAreWrittenIfTheyExist() throws IOException {
        String path = "/api/v2/mobile-devices/" + jamf.idOf(phone);

        assertThat(patch(path, attribute("Celona eSIM status")).status()).isEqualTo(200);
        assertThat(patch(path, attribute("Nonsense")).status()).isEqualTo(400);
        assertThat(patch("/api/v2/mobile-devices/9", attribute("Celona eSIM status"))
                        .status())
                .isEqualTo(404);
        assertThat(jamf.extensionAttributes(phone)).containsOnlyKeys("Celona eSIM status");
        JsonNode record =
                calls.client().get(DETAIL + SECTIONS).json().path("results").get(0);
        assertThat(record.path("extensionAttributes")
                        .get(0)
                        .path("value")
                        .get(0)
                        .asText())
                .isEqualTo("ASSIGNED");
    }

    @Test
    void staticGroupsAreMadeFoundAndChanged() throws IOException {
        String id = jamf.idOf(phone);
        String add =
                "{\"groupName\":\"Celona\",\"assignments\":[{\"mobileDeviceId\":\"" + id + "\",\"selected\":true}]}";

        Reply created = calls.client().send("POST", GROUPS, "application/json", add);
        assertThat(created.status()).isEqualTo(201);
        String group = created.json().path("id").asText();
        assertThat(calls.client().send("POST", GROUPS, "application/json", add).status())
                .isEqualTo(422);
        assertThat(calls.client()
                        .get(GROUPS + "?filter=" + encoded("groupName==\"Celona\""))
                        .json()
                        .path("results")
                        .get(0)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(patch(GROUPS + "/" + group, add.replace(id, "9")).status()).isEqualTo(400);
        String membership = "/api/v2/mobile-device-groups/static-group-membership/" + group;
        assertThat(calls.client().get(membership).json().findPath("eid").asText())
                .isEqualTo(phone.eid());
        assertThat(patch(GROUPS + "/" + group, add.replace("true", "false")).status())
                .isEqualTo(200);
        assertThat(phone.groups()).isEmpty();
    }

    private int found(String filter) throws IOException {
        return calls.client()
                .get(DETAIL + "?filter=" + encoded(filter))
                .json()
                .path("totalCount")
                .asInt();
    }

    private Reply patch(String path, String body) throws IOException {
        return calls.client().send("PATCH", path, "application/json", body);
    }

    private static String attribute(String name) {
        return "{\"updatedExtensionAttributes\":[{\"name\":\"" + name
                + "\",\"type\":\"STRING\",\"value\":[\"ASSIGNED\"]}]}";
    }
}
