package io.celonamdm.platform.applebusiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.NotJson;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.PhoneModel;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@Slow
class AppleInventoryTests {
    private static final String DEVICES = "/v1/orgDevices";

    private final PhoneFleet fleet = PhoneFleet.of(60, 7);

    @AutoClose
    private final Organization organization = new Organization(fleet).set("mdm.apple-business.page-size", 25);

    private Phone phone(int i) {
        return fleet.phones().get(i);
    }

    private void assignAll() {
        organization.assign(fleet.phones().toArray(Phone[]::new));
    }

    @Test
    void onlyDevicesOfTheServiceAreShown() throws Exception {
        organization.assign(phone(3), phone(59));

        organization.pull();

        assertThat(organization.devices())
                .extracting(MdmDevice::eid)
                .containsExactly(phone(3).eid(), phone(59).eid());
        assertThat(organization.completed()).isEqualTo(1);
        assertThat(organization.apple().log().count("GET", DEVICES)).isEqualTo(3);
        assertThat(organization.apple().log().count("POST", "/auth/oauth2/token"))
                .isEqualTo(1);
    }

    @Test
    void whatIsReadOfADevice() throws Exception {
        organization.assign(phone(0));

        organization.pull();

        MdmDevice device = organization.devices().get(0);
        assertThat(device.id()).isEqualTo(phone(0).serialNumber());
        assertThat(device.managementId()).isEqualTo(phone(0).serialNumber());
        assertThat(device.serialNumber()).isEqualTo(phone(0).serialNumber());
        assertThat(device.os()).isEqualTo("iOS");
        assertThat(device.model()).isEqualTo("iPhone 15 Pro");
        assertThat(device.imei()).isEqualTo("356938035643809");
        assertThat(device.groups()).containsExactly("Intune Europe");
        assertThat(device.enrolledAt()).isNull();
        assertThat(device.attributes())
                .containsEntry("orderNumber", "1234567890")
                .doesNotContainKey("updatedDateTime");
    }

    @Test
    void devicesThatCannotBeServed() throws Exception {
        organization.assign(phone(0), phone(1), phone(2), phone(3));
        organization.apple().release(phone(0));
        organization.apple().show(phone(1), "productFamily", "Mac");
        organization.apple().show(phone(2), "eid", null);
        organization.apple().show(phone(3), "eid", List.of(phone(3).eid()));
        organization.apple().showRecord("no object");
        organization.apple().showRecord(Map.of("id", phone(4).serialNumber(), "attributes", "none"));

        organization.pull();

        assertThat(organization.devices()).hasSize(3);
        assertThat(organization.devices().get(0).excluded()).isEqualTo(ReasonCode.UNMANAGED);
        assertThat(organization.devices().get(1).eid()).isNull();
        assertThat(organization.devices().get(2).eid()).isEqualTo(phone(3).eid());
    }

    @Test
    void aTabletIsOne() throws Exception {
        organization.assign(phone(0).model(PhoneModel.IPAD_WIFI));

        organization.pull();

        assertThat(organization.devices())
                .singleElement()
                .satisfies(device -> assertThat(device.os()).isEqualTo("iPadOS"));
    }

    @Test
    void anAssignedDeviceThatNoPageShowsStaysAsItWas() throws Exception {
        organization.assign(phone(0), phone(30));
        organization
                .apple()
                .faults()
                .once(
                        "GET",
                        DEVICES,
                        Fault.changedBody(body -> body.replace(phone(0).serialNumber(), "SOMETHINGELSE")));

        organization.pull();

        assertThat(organization.devices())
                .extracting(MdmDevice::eid)
                .containsExactly(phone(30).eid());
        assertThat(organization.broken()).extracting(BrokenRecord::id).containsExactly(phone(0).serialNumber());
    }

    @Test
    void theServiceIsFoundByItsId() throws Exception {
        organization.set("mdm.apple-business.server", Organization.SERVICE);
        organization.assign(phone(0));

        organization.pull();

        assertThat(organization.devices()).hasSize(1);
    }

    @Test
    void anUnknownServiceIsNamedWithTheOthers() {
        organization.set("mdm.apple-business.server", "Jamf");

        assertThatThrownBy(organization::pull).isInstanceOfSatisfying(KnownFailure.class, failure -> {
            assertThat(failure.failure().kind()).isEqualTo(Failure.Kind.CONFIGURATION);
            assertThat(failure.failure().code()).isEqualTo(ReasonCode.MDM_SERVER_UNKNOWN);
            assertThat(failure.getMessage())
                    .contains("\"Jamf\"", "Intune Europe", "warehouse.mdm.apple-business.server");
        });
        assertThat(organization.completed()).isZero();
    }

    @Test
    void ofTwoServicesWithOneNameNoneIsTaken() {
        organization.apple().service("00000000000000000000000000000002", "Intune Europe");

        assertThatThrownBy(organization::pull)
                .hasMessageContaining("several")
                .hasMessageContaining(Organization.SERVICE);
    }

    @Test
    void aTokenThatIsNoLongerValidInTheMiddleIsReplaced() throws Exception {
        assignAll();
        organization.apple().faults().once("GET", DEVICES, (request, endpoint) -> {
            Answer answer = endpoint.answer(request);
            organization.apple().account().expireTokens();
            return answer;
        });

        organization.pull();

        assertThat(organization.devices()).hasSize(60);
        assertThat(organization.apple().log().count("POST", "/auth/oauth2/token"))
                .isEqualTo(2);
    }

    @Test
    void pagesAreFollowedByTheirLinksAsWell() throws Exception {
        assignAll();
        organization.apple().linksOnly();

        organization.pull();

        assertThat(organization.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
    }

    @Test
    void aCursorThatLeadsBackEndsThePull() {
        assignAll();
        String page = "{\"data\":[],\"meta\":{\"paging\":{\"nextCursor\":\"again\"}}}";
        organization.apple().faults().always("GET", DEVICES, Fault.answer(200, page, Map.of()));

        assertThatThrownBy(organization::pull)
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageContaining("cursor");
        assertThat(organization.apple().log().count("GET", DEVICES)).isEqualTo(2);
        assertThat(organization.completed()).isZero();
    }

    @Test
    void aListThatEndsTooEarlyIsNoInventory() {
        assignAll();
        organization.apple().total(61);

        assertThatThrownBy(organization::pull).isInstanceOf(UnreadableAnswer.class);
        assertThat(organization.completed()).isZero();
    }

    @Test
    void answersThatAreNoPagesEndThePull() {
        for (String body :
                List.of("{}", "[]", "{\"data\":null}", "{\"data\":{}}", "{\"data\":[],\"links\":{\"next\":\"x\"}}")) {
            organization.apple().faults().clear();
            organization.apple().faults().always("GET", DEVICES, Fault.answer(200, body, Map.of()));

            assertThatThrownBy(organization::pull).as(body).isInstanceOf(UnreadableAnswer.class);
        }
        organization.apple().faults().clear();
        organization.apple().faults().always("GET", DEVICES, Fault.answer(200, "<html>Sign in</html>", Map.of()));
        assertThatThrownBy(organization::pull).isInstanceOf(NotJson.class);
        assertThat(organization.completed()).isZero();
    }

    @Test
    void tooManyCallsAndOutagesAreWhatTheyAre() {
        organization.apple().faults().always("GET", DEVICES, Fault.answer(429, "", Map.of("Retry-After", "120")));
        assertThatThrownBy(organization::pull)
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseHeaders()).containsEntry("Retry-After", "120"));
        assertThat(organization.apple().log().count("GET", DEVICES)).isEqualTo(1);

        organization.apple().faults().clear();
        organization.apple().faults().always("GET", "/relationships/devices", Fault.answer(500, "", Map.of()));
        assertThatThrownBy(organization::pull)
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getStatusCode()).isEqualTo(500));
        assertThat(organization.completed()).isZero();
    }

    @Test
    void aKeyThatAppleDoesNotKnowIsABadCredential() {
        organization.set("mdm.apple-business.key-id", "another");

        assertThatThrownBy(organization::pull).isInstanceOfSatisfying(HttpOperationFailedException.class, failure -> {
            assertThat(failure.getStatusCode()).isEqualTo(401);
            assertThat(failure.getResponseBody()).isEqualTo("invalid_client");
        });
    }
}
