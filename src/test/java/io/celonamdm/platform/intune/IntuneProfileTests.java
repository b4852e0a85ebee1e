package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.apple.NetworkProfile;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.intune.DeviceProfile;
import io.celonamdm.simulator.intune.Permission;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The private-network profile in a tenant: created once, found by its mark, assigned to its group. */
@Slow
class IntuneProfileTests {
    private static final String PROFILES = "/deviceConfigurations";
    private static final String IOS = "iosCustomConfiguration";
    private static final String NAME = "Celona private network";
    private static final String PHONES = "5d2f1c3a-0000-4f0e-a1b2-1c2d3e4f5a6b";

    private final PhoneFleet fleet = PhoneFleet.of(30, 3);

    @AutoClose
    private final Tenant tenant = new Tenant(fleet);

    @BeforeEach
    void haveTheGroups() {
        tenant.set("mdm.push", "command,profile").set("mdm.intune.apple.group", PHONES);
        tenant.intune().group(Tenant.GROUP);
        tenant.intune().group(PHONES);
    }

    private Phone phone(int i) {
        return fleet.phones().get(i);
    }

    private Phone[] phones(int from, int to) {
        return fleet.phones().subList(from, to).toArray(Phone[]::new);
    }

    private DeviceProfile onlyProfile() {
        assertThat(tenant.intune().profiles()).hasSize(1);
        return tenant.intune().profiles().get(0);
    }

    private List<String> objects(Phone... phones) {
        return List.of(phones).stream()
                .map(phone -> tenant.intune().device(phone).objectId())
                .toList();
    }

    private int writes() {
        return tenant.intune().log().count("POST", PROFILES)
                + tenant.intune().log().count("PATCH", PROFILES);
    }

    @Test
    void theProfileIsCreatedOnceAndPhonesJoinItsGroup() throws Exception {
        tenant.intune().device(phone(1)).os("iPadOS");
        tenant.intune().device(phone(2)).os("AndroidEnterprise");
        tenant.intune().device(phone(3)).os("Windows");

        tenant.followUp(phones(0, 25));
        int written = writes();
        tenant.followUp(phones(20, 30));

        assertThat(onlyProfile().groups()).containsExactly(PHONES);
        assertThat(onlyProfile().name()).isEqualTo(NAME);
        assertThat(onlyProfile().mobileconfig())
                .as("what a preview shows")
                .isEqualTo(NetworkProfile.write(tenant.sync().mdm().profile(), "warehouse", Identity.of("warehouse")));
        assertThat(writes()).as("nothing has changed").isEqualTo(written).isEqualTo(2);
        assertThat(tenant.intune().members(PHONES))
                .hasSize(28)
                .containsAll(objects(phone(0), phone(1), phone(29)))
                .doesNotContainAnyElementsOf(objects(phone(2), phone(3)));
    }

    @Test
    void othersThanIphonesAndIpadsAskForNothing() throws Exception {
        tenant.intune().device(phone(0)).os("Windows");

        tenant.followUp(phone(0));

        assertThat(tenant.intune().log().of("GET", PROFILES)).isEmpty();
        assertThat(tenant.intune().profiles()).isEmpty();
    }

    @Test
    void theProfileIsChangedOnceWhenItsSettingsHaveChanged() throws Exception {
        tenant.followUp(phone(0));
        onlyProfile().assignedTo("another-group");
        tenant.set("mdm.profile.network-identifier", "A<B&C").set("mdm.profile.name", "Renamed");

        tenant.followUp(phone(1));
        tenant.followUp(phone(2));

        assertThat(onlyProfile().mobileconfig()).contains("A&lt;B&amp;C");
        assertThat(onlyProfile().name()).isEqualTo("Renamed");
        assertThat(onlyProfile().groups())
                .as("assigning replaces the whole list")
                .containsExactly("another-group", PHONES);
        assertThat(tenant.intune().log().count("PATCH", PROFILES)).isEqualTo(1);
    }

    @Test
    void anAnswerThatNeverCameMakesNoSecondProfile() throws Exception {
        tenant.intune().faults().once("POST", PROFILES, Fault.hangUpAfterProcessing());
        assertThatThrownBy(() -> tenant.followUp(phone(0))).isInstanceOf(Exception.class);
        assertThat(onlyProfile().groups()).as("it came no further").isEmpty();

        tenant.followUp(phone(0));

        assertThat(onlyProfile().groups()).containsExactly(PHONES);
        assertThat(tenant.intune().members(PHONES)).containsExactlyElementsOf(objects(phone(0)));
    }

    @Test
    void itIsFoundOnTheLastPageAndBesideTheOneForWindows() throws Exception {
        for (boolean typed : List.of(true, false)) {
            tenant.intune().settings().pageSize(1).profileTypes(typed);
            tenant.push(windows(5));
            tenant.followUp(phone(0));
            tenant.push(windows(6));
            tenant.followUp(phone(1));
        }

        assertThat(tenant.intune().profiles())
                .hasSize(2)
                .extracting(DeviceProfile::groups)
                .containsExactlyInAnyOrder(List.of(Tenant.GROUP), List.of(PHONES));
        assertThat(tenant.intune().log().count("PATCH", PROFILES)).isZero();
    }

    private Phone windows(int i) {
        tenant.intune().device(phone(i)).os("Windows");
        return phone(i);
    }

    @Test
    void aProfileOfTheNameWithoutTheMarkIsLeftAlone() {
        DeviceProfile foreign = tenant.intune().profile(IOS, NAME, "made by hand [celona-mdm-connector:stores]");

        assertThatThrownBy(() -> tenant.followUp(phone(0)))
                .isInstanceOfSatisfying(
                        KnownFailure.class,
                        failure -> assertThat(failure.failure().code()).isEqualTo(ReasonCode.NOT_OURS))
                .hasMessageContaining("connector.syncs.warehouse.mdm.profile.name");

        assertThat(onlyProfile()).isSameAs(foreign);
        assertThat(writes()).isZero();
        assertThat(tenant.intune().members(PHONES)).isEmpty();
        assertThat(tenant.checks()).containsEntry("intune network-profile", ReasonCode.NOT_OURS);
    }

    @Test
    void anotherGroupThatIsExcludedStaysSo() throws Exception {
        tenant.set("mdm.intune.apple.add-members", false);
        tenant.followUp(phone(0));
        onlyProfile().assignedTo("another-group");
        onlyProfile().exclude("a-third-group");

        tenant.followUp(phone(1));

        assertThat(onlyProfile().groups()).containsExactly("another-group", PHONES);
        assertThat(onlyProfile().excluded()).containsExactly("a-third-group");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGroupThatIsExcludedFromTheProfileIsNoAssignment(boolean assignedToo) throws Exception {
        tenant.followUp(phone(0));
        onlyProfile().assignedTo(assignedToo ? new String[] {PHONES} : new String[] {});
        onlyProfile().exclude(PHONES.toUpperCase(Locale.ROOT));
        tenant.intune().log().clear();

        assertThatThrownBy(() -> tenant.followUp(phone(1)))
                .isInstanceOfSatisfying(
                        KnownFailure.class,
                        failure -> assertThat(failure.failure().code()).isEqualTo(ReasonCode.PROFILE_REFUSED))
                .hasMessageContaining("excludes the group " + PHONES);

        assertThat(writes()).as("a person's exclusion stays").isZero();
        assertThat(tenant.intune().members(PHONES)).hasSize(1);
    }

    @Test
    void ofCopiesOfTheProfileTheOldestIsKeptUpToDate() throws Exception {
        tenant.followUp(phone(0));
        DeviceProfile oldest = onlyProfile();
        DeviceProfile copy = tenant.intune().profile(IOS, "a copy", oldest.description());
        tenant.set("mdm.profile.data-set-name", "other");

        tenant.followUp(phone(1));

        assertThat(oldest.mobileconfig()).contains("<string>other</string>");
        assertThat(copy.name()).isEqualTo("a copy");
        assertThat(copy.groups()).isEmpty();
    }

    @Test
    void aGroupWithMembersOfItsOwnNeedsOnePermission() throws Exception {
        tenant.set("mdm.intune.apple.add-members", false);
        tenant.intune().settings().revoke(Permission.READ_ENTRA).revoke(Permission.ADD_MEMBERS);

        tenant.followUp(phone(0));

        assertThat(onlyProfile().groups()).containsExactly(PHONES);
        assertThat(tenant.intune().members(PHONES)).isEmpty();
    }

    @Test
    void aDeviceThatEntraDoesNotKnowKeepsNoOtherBack() throws Exception {
        Phone stranger = new Phone("89049032007008882600085727376656", "C7CX706CKW", "stranger");

        tenant.followUp(stranger, phone(0));

        assertThat(tenant.intune().members(PHONES)).containsExactlyElementsOf(objects(phone(0)));
    }

    @Test
    void aMissingPermissionIsNamed() {
        tenant.intune().settings().revoke(Permission.PROFILES);

        assertThatThrownBy(() -> tenant.followUp(phone(0)))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseBody()).contains(Permission.PROFILES));
        assertThat(tenant.checks()).containsEntry("intune network-profile", ReasonCode.FORBIDDEN);
    }

    @Test
    void aGroupThatDoesNotExistIsRefusedInGraphsWords() {
        tenant.set("mdm.intune.apple.group", "no-such-group");

        assertThatThrownBy(() -> tenant.followUp(phone(0)))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseBody()).contains("does not exist"));
    }

    @Test
    void everyCallMayBeRefusedOnceBecauseOfItsToken() throws Exception {
        for (String path : List.of(PROFILES, "/assign", "/groups/")) {
            for (String method : List.of("GET", "POST", "PATCH")) {
                tenant.intune().faults().once(method, path, Fault.status(401));
            }
        }

        tenant.followUp(phone(0));

        assertThat(onlyProfile().groups()).containsExactly(PHONES);
        assertThat(tenant.intune().members(PHONES)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {PROFILES, "/assign", "/groups/"})
    void aWebPageInPlaceOfGraphsAnswerIsNoSuccess(String path) throws Exception {
        tenant.intune().faults().once("POST", path, Fault.html());
        tenant.intune().faults().once("PATCH", path, Fault.html());

        assertThatThrownBy(() -> tenant.followUp(phone(0))).isInstanceOf(Exception.class);

        tenant.intune().faults().clear();
        tenant.followUp(phone(0));
        assertThat(onlyProfile().groups()).containsExactly(PHONES);
        assertThat(tenant.intune().members(PHONES)).hasSize(1);
    }

    @Test
    void throttlingIsLeftToTheCore() {
        tenant.intune().faults().once("POST", PROFILES, Fault.tooManyRequests(Duration.ofSeconds(9)));

        assertThatThrownBy(() -> tenant.followUp(phone(0)))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseHeaders()).containsEntry("Retry-After", "9"));
    }

    @Test
    void aPageInPlaceOfTheListMakesNoProfile() {
        tenant.intune().faults().once("GET", PROFILES, Fault.changedBody(body -> "{\"profiles\":[]}"));

        assertThatThrownBy(() -> tenant.followUp(phone(0))).isInstanceOf(UnreadableAnswer.class);

        assertThat(writes()).isZero();
    }

    @Test
    void aFileOfGeofencesThatIsGoneIsSaidBeforeAnyCall() {
        tenant.set("mdm.profile.geofences-file", "/nowhere/geofences.json");

        assertThatThrownBy(() -> tenant.followUp(phone(0)))
                .isInstanceOfSatisfying(
                        KnownFailure.class,
                        failure -> assertThat(failure.failure().code()).isEqualTo(ReasonCode.PROFILE_INVALID));

        assertThat(tenant.intune().log().of("GET", PROFILES)).isEmpty();
    }
}
