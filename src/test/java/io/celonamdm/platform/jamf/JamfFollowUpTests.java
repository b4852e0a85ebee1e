package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.FollowUpOrder.Target;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class JamfFollowUpTests {
    private static final String ADDRESS = "https://sm-v4-072-d-gtm.pr.go-esim.com";
    private static final String GROUPS = "/static-groups";
    private static final String PROFILES = "/JSSResource/mobiledeviceconfigurationprofiles";
    private static final String GROUP = "Celona eSIM devices";

    private final PhoneFleet fleet = PhoneFleet.of(5, 1);

    @AutoClose
    private final Tenant tenant = new Tenant(fleet);

    @Test
    void addressAndStateAreWritten() throws Exception {
        haveAttributes();

        tenant.followUp("jamf-attribute", target(0, ADDRESS, "DONE"));

        assertThat(tenant.jamf().extensionAttributes(phone(0)))
                .isEqualTo(Map.of("Celona SM-DP+ address", List.of(ADDRESS), "Celona eSIM state", List.of("DONE")));
    }

    @Test
    void stateIsWrittenAloneBeforeTheAddressIsKnown() throws Exception {
        haveAttributes();
        tenant.followUp("jamf-attribute", target(0, null, "ASSIGN"));

        assertThat(tenant.jamf().extensionAttributes(phone(0)))
                .isEqualTo(Map.of("Celona eSIM state", List.of("ASSIGN")));
    }

    @Test
    void attributesAreNotInventory() throws Exception {
        haveAttributes();
        tenant.pull();
        tenant.followUp("jamf-attribute", target(0, ADDRESS, "DONE"));
        tenant.pull();

        assertThat(tenant.pages().get(1))
                .as("what the connector writes")
                .isEqualTo(tenant.pages().get(0));
    }

    @Test
    void attributeThatTheTenantDoesNotHave() {
        assertThatThrownBy(() -> tenant.followUp("jamf-attribute", target(0, ADDRESS, "DONE")))
                .isInstanceOf(HttpOperationFailedException.class)
                .hasMessageContaining("400");
    }

    @Test
    void attributeRefusedBecauseOfItsToken() throws Exception {
        haveAttributes();
        tenant.jamf().faults().once("PATCH", "/api/v2/mobile-devices/", Fault.status(401));

        tenant.followUp("jamf-attribute", target(0, ADDRESS, "DONE"));

        assertThat(tenant.jamf().extensionAttributes(phone(0))).containsEntry("Celona eSIM state", List.of("DONE"));
    }

    @Test
    void groupAndProfileAreMadeOnceAndMembersAdded() throws Exception {
        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"), target(1, ADDRESS, "DONE"));
        tenant.followUp("jamf-profile", target(2, ADDRESS, "DONE"));

        assertThat(fleet.phones().stream().filter(phone -> phone.groups().contains(GROUP)))
                .containsExactly(phone(0), phone(1), phone(2));
        assertThat(tenant.jamf().log().count("POST", GROUPS)).isEqualTo(1);
        assertThat(tenant.jamf().log().count("POST", PROFILES)).isEqualTo(1);
        assertThat(tenant.jamf().log().count("PUT", PROFILES)).isZero();
        assertThat(tenant.jamf().log().of("PATCH", GROUPS).get(1).request().body())
                .contains("\"mobileDeviceId\":\"" + tenant.jamf().idOf(phone(2)) + "\"")
                .doesNotContain("\"mobileDeviceId\":\"" + tenant.jamf().idOf(phone(0)) + "\"")
                .doesNotContain("false");
    }

    @Test
    void profileIsScopedByTheGroupAlone() throws Exception {
        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));

        assertThat(tenant.jamf().log().of("POST", PROFILES).get(0).request().body())
                .containsPattern(
                        "<scope><all_mobile_devices>false</all_mobile_devices><mobile_device_groups><mobile_device_group><id>\\d+</id></mobile_device_group></mobile_device_groups></scope>")
                .contains("<redeploy_on_update>Newly Assigned</redeploy_on_update>")
                .contains("com.apple.cellularprivatenetwork.managed")
                .doesNotContain("NetworkIdentifier");
    }

    @Test
    void profileIsChangedOnceWhenTheSettingsHaveChanged() throws Exception {
        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));
        tenant.set("mdm.profile.enable-nr-standalone", true).set("mdm.profile.network-identifier", "A<B&C");

        tenant.followUp("jamf-profile", target(1, ADDRESS, "DONE"));
        tenant.followUp("jamf-profile", target(2, ADDRESS, "DONE"));

        assertThat(tenant.jamf().log().count("POST", PROFILES)).isEqualTo(1);
        assertThat(tenant.jamf().log().count("PUT", PROFILES)).isEqualTo(1);
        List<String> shown = tenant.jamf().log().of("GET", PROFILES).stream()
                .map(LoggedRequest::answerBody)
                .toList();
        assertThat(shown.get(2)).contains("A&amp;lt;B&amp;amp;C").contains("&lt;true/&gt;");
        assertThat(identityIn(shown.get(2)))
                .as("the identity that Jamf Pro has given it")
                .isEqualTo(identityIn(shown.get(1)))
                .isNotEqualTo(Identity.of("warehouse"));
    }

    private static Identity identityIn(String shown) {
        return ShownProfile.read(shown.getBytes(StandardCharsets.UTF_8)).identity();
    }

    @Test
    void foreignGroupIsRefused() {
        tenant.jamf().staticGroup(GROUP);

        assertThatThrownBy(() -> tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE")))
                .hasMessageContaining("connector.syncs.warehouse.mdm.profile.group")
                .hasMessageContaining(GROUP);

        assertThat(phone(0).groups()).isEmpty();
        assertThat(tenant.jamf().log().count("POST", PROFILES)).isZero();
    }

    @Test
    void foreignProfileIsRefused() throws Exception {
        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));
        tenant.jamf()
                .faults()
                .once("GET", PROFILES, Fault.changedBody(xml -> xml.replace("[celona-mdm-connector:", "[another:")));

        assertThatThrownBy(() -> tenant.followUp("jamf-profile", target(1, ADDRESS, "DONE")))
                .hasMessageContaining("connector.syncs.warehouse.mdm.profile.name");

        assertThat(tenant.jamf().log().count("PUT", PROFILES)).isZero();
        assertThat(phone(1).groups()).isEmpty();
    }

    @Test
    void webPageInsteadOfTheProfile() throws Exception {
        tenant.jamf().faults().once("GET", PROFILES, Fault.html());

        assertThatThrownBy(() -> tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE")))
                .isInstanceOf(UnreadableAnswer.class);

        assertThat(tenant.jamf().log().count("POST", PROFILES)).isZero();
    }

    @Test
    void deviceThatIsGoneKeepsNoOtherFromTheGroup() throws Exception {
        Target gone = target(1, ADDRESS, "DONE");
        Target stays = target(0, ADDRESS, "DONE");
        fleet.remove(phone(1));

        tenant.followUp("jamf-profile", gone, stays);

        assertThat(phone(0).groups()).containsExactly(GROUP);
        assertThatThrownBy(() -> tenant.followUp("jamf-profile", gone, gone))
                .as("what is refused of all may be the call's fault")
                .isInstanceOf(HttpOperationFailedException.class)
                .hasMessageContaining("400");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void oneByOneEachMayBeRefusedBecauseOfItsToken(int call) throws Exception {
        Target gone = target(1, ADDRESS, "DONE");
        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));
        fleet.remove(phone(1));
        tenant.jamf().faults().times(call - 1, "PATCH", GROUPS, Fault.changedBody(body -> body));
        tenant.jamf().faults().once("PATCH", GROUPS, Fault.status(401));

        tenant.followUp("jamf-profile", gone, target(2, ADDRESS, "DONE"));

        assertThat(phone(2).groups()).containsExactly(GROUP);
    }

    @Test
    void webPageInsteadOfTheProfileThatWasWritten() throws Exception {
        tenant.jamf().faults().once("POST", PROFILES, Fault.html());

        assertThatThrownBy(() -> tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE")))
                .isInstanceOf(UnreadableAnswer.class);

        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));
        assertThat(tenant.jamf().log().count("POST", PROFILES)).isEqualTo(2);
    }

    @Test
    void everyCallOfTheProfileMayBeRefusedOnce() throws Exception {
        tenant.pull();
        for (String method : List.of("GET", "POST", "PATCH")) {
            tenant.jamf().faults().once(method, GROUPS, Fault.status(401));
            tenant.jamf().faults().once(method, PROFILES, Fault.status(401));
        }

        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));

        assertThat(phone(0).groups()).containsExactly(GROUP);
        assertThat(tenant.jamf().log().count("POST", PROFILES)).isEqualTo(2);
        assertThat(tenant.jamf().log().count("POST", GROUPS)).isEqualTo(2);
    }

    @Test
    void nameOfAnyCharacters() throws Exception {
        tenant.set("mdm.profile.name", "Celona: 5G + 100% <é>;v=1").set("mdm.profile.group", "Süd \"A\" & B");

        tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE"));
        tenant.followUp("jamf-profile", target(1, ADDRESS, "DONE"));

        assertThat(phone(1).groups()).containsExactly("Süd \"A\" & B");
        assertThat(tenant.jamf().log().count("POST", GROUPS)).isEqualTo(1);
    }

    @Test
    void nameWithSlashIsRefused() {
        tenant.set("mdm.profile.name", "Celona 4G/5G");

        assertThatThrownBy(() -> tenant.followUp("jamf-profile", target(0, ADDRESS, "DONE")))
                .hasMessageContaining("connector.syncs.warehouse.mdm.profile.name");
    }

    private void haveAttributes() {
        tenant.jamf().settings().extensionAttribute("Celona SM-DP+ address").extensionAttribute("Celona eSIM state");
    }

    private Phone phone(int index) {
        return fleet.phones().get(index);
    }

    private Target target(int index, @Nullable String address, String state) {
        return new Target(phone(index).eid(), record(tenant.jamf().idOf(phone(index))), address, state);
    }

    private static MdmDevice record(String id) {
        return MdmDevice.builder(id).build();
    }
}
