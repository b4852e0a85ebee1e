package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Again;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.Failures;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.intune.DeviceProfile;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class IntunePushTests {
    private static final String EXECUTE = "/executeAction";
    private static final String HOST = "sm-v4-072-d-gtm.pr.go-esim.com";

    private final PhoneFleet fleet = PhoneFleet.of(50, 3);

    @AutoClose
    private final Tenant tenant = new Tenant(fleet);

    @BeforeEach
    void haveTheGroup() {
        tenant.intune().group(Tenant.GROUP);
    }

    private Phone phone(int i) {
        return fleet.phones().get(i);
    }

    private Phone[] phones(int from, int to) {
        return fleet.phones().subList(from, to).toArray(Phone[]::new);
    }

    private Phone windows(int i) {
        tenant.intune().device(phone(i)).os("Windows");
        return phone(i);
    }

    private String sentTo(int i) {
        return tenant.intune().device(phone(i)).actions().get(0).carrierUrl();
    }

    private static String reference(PushOutcome outcome) {
        return ((Sent) outcome).reference();
    }

    @Test
    void oneCallForAllOfAnOperatingSystem() throws Exception {
        tenant.intune().device(phone(1)).os("AndroidEnterprise");

        List<PushOutcome> outcomes = tenant.push(phones(0, 50));

        assertThat(outcomes).hasSize(50).allMatch(Sent.class::isInstance);
        assertThat(tenant.intune().log().count("POST", EXECUTE)).isEqualTo(2);
        assertThat(sentTo(0)).isEqualTo("https://" + HOST);
        assertThat(sentTo(1)).isEqualTo("$" + HOST + "$");
    }

    @Test
    void anAnswerWithoutItsWrapper() throws Exception {
        tenant.intune().settings().wrapped(false);

        assertThat(tenant.push(phone(0))).singleElement().isInstanceOf(Sent.class);
    }

    @Test
    void whatIntuneSaysOfEachDevice() throws Exception {
        phone(0).reportedEid("");
        fleet.remove(phone(1));
        Phone gone = new Phone("89049032007008882600085727376656", "C7CX706CKW", "gone");

        List<PushOutcome> outcomes = tenant.push(phone(0), phone(1), gone);

        assertThat(outcomes)
                .filteredOn(Failed.class::isInstance)
                .extracting(outcome -> ((Failed) outcome).code())
                .containsExactly(ReasonCode.HARDWARE_UNSUPPORTED, ReasonCode.NOT_COMMANDABLE);
        assertThat(outcomes).filteredOn(Sent.class::isInstance).hasSize(1);
    }

    @Test
    void aDeviceThatIsInNoListHasNoOutcome() throws Exception {
        String left = phone(1).managementId();
        tenant.intune().faults().once("POST", EXECUTE, Fault.changedBody(body -> body.replace(left, "other")));

        assertThat(tenant.push(phone(0), phone(1))).extracting(PushOutcome::eid).containsExactly(phone(0).eid());
    }

    @Test
    void aDeviceThatIsInTwoListsMayHaveTheAction() throws Exception {
        String failed = "\"failedDeviceIds\":[\"" + phone(0).managementId() + "\"";
        tenant.intune()
                .faults()
                .once("POST", EXECUTE, Fault.changedBody(body -> body.replace("\"failedDeviceIds\":[", failed)));

        assertThat(tenant.push(phone(0))).singleElement().isInstanceOf(Sent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "4711"})
    void anAnswerThatNamesNoneOfTheDevicesIsUnreadable(String id) throws Exception {
        String asked = "\"" + phone(0).managementId() + "\"";
        tenant.intune().faults().once("POST", EXECUTE, Fault.changedBody(body -> body.replace(asked, id)));

        assertThatThrownBy(() -> tenant.push(phone(0))).isInstanceOf(UnreadableAnswer.class);

        // the action may have gone out all the same
        assertThat(tenant.pushAgain(phone(0))).singleElement().isInstanceOf(Sent.class);
        assertThat(tenant.intune().device(phone(0)).actions()).hasSize(1);
    }

    @Test
    void aServerWithoutTheBulkActionIsAskedForEachDevice() throws Exception {
        tenant.intune().settings().bulk(false);
        phone(3).reportedEid("");

        List<PushOutcome> outcomes = tenant.push(phones(0, 25));

        assertThat(outcomes).hasSize(25).filteredOn(Sent.class::isInstance).hasSize(24);
        assertThat(outcomes.get(3))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ReasonCode.COMMAND_FAILED));
        assertThat(tenant.intune().log().count("POST", "$batch")).isEqualTo(2);
        assertThat(tenant.intune().device(phone(24)).actions()).hasSize(1);
    }

    @Test
    void theSettingsMayWantSingleCalls() throws Exception {
        tenant.set("mdm.intune.bulk", false);
        tenant.intune().throttleInBatches(1);

        List<PushOutcome> outcomes = tenant.push(phone(0), phone(1));

        assertThat(outcomes.get(0)).isInstanceOf(Again.class);
        assertThat(outcomes.get(1)).isInstanceOf(Sent.class);
        assertThat(tenant.intune().log().count("POST", EXECUTE)).isZero();
    }

    @Test
    void aSingleRequestThatIsLeftOutOfTheAnswerIsNotSentAgain() throws Exception {
        tenant.set("mdm.intune.bulk", false);
        String left = phone(1).managementId();
        tenant.intune().faults().once("POST", "$batch", Fault.changedBody(body -> body.replace(left, "other")));

        List<PushOutcome> outcomes = tenant.push(phones(0, 3));

        assertThat(outcomes).extracting(PushOutcome::eid).containsExactly(phone(0).eid(), phone(2).eid());
        assertThat(tenant.intune().device(phone(1)).actions()).hasSize(1);
    }

    @Test
    void anActionWhoseAnswerIsMissingIsNotSentAgain() throws Exception {
        tenant.set("mdm.intune.bulk", false);
        String left = phone(3).managementId();
        tenant.intune().faults().always("POST", "$batch", Fault.changedBody(body -> body.replace(left, "another")));

        List<PushOutcome> outcomes = tenant.push(phones(0, 25));

        assertThat(outcomes).hasSize(24).allMatch(Sent.class::isInstance);
        assertThat(tenant.intune().device(phone(3)).actions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"408", "500", "502", "503", "504", "0", "\"what\""})
    void anActionOfUnknownOutcomeIsLookedForBeforeAnother(String status) throws Exception {
        tenant.set("mdm.intune.bulk", false);
        Instant since = Instant.now();
        tenant.intune().faults().once("POST", "$batch", answered(phone(1), status));

        List<PushOutcome> outcomes = tenant.push(phones(0, 3));

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.eid().equals(phone(1).eid()))
                .singleElement()
                .isInstanceOf(Unlisted.class);
        assertThat(outcomes).filteredOn(Sent.class::isInstance).hasSize(2);
        assertThat(tenant.pushAgain(since, phone(1))).singleElement().isInstanceOf(Sent.class);
        assertThat(tenant.intune().device(phone(1)).actions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "429"})
    void anActionThatWasNotProcessedMayBeSentAgain(String status) throws Exception {
        tenant.set("mdm.intune.bulk", false);
        tenant.intune().faults().once("POST", "$batch", answered(phone(0), status));

        assertThat(tenant.push(phone(0))).singleElement().isInstanceOf(Again.class);
    }

    @Test
    void actionRefusedBecauseOfItsTokenWhoseRepetitionIsNotAnswered() {
        tenant.inFiring();
        tenant.intune().faults().once("POST", "/executeAction", Fault.status(401));
        tenant.intune().faults().once("POST", "/executeAction", Fault.hangUpAfterProcessing());

        assertThatThrownBy(() -> tenant.push(phone(0)))
                .satisfies(failure -> assertThat(
                                tenant.bean(Failures.class).of(failure).kind())
                        .as("the phone may have got the action")
                        .isEqualTo(Kind.OUTCOME_UNKNOWN));

        assertThat(tenant.intune().device(phone(0)).actions()).hasSize(1);
    }

    /** The answer to the request for a phone has another status. */
    private static Fault answered(Phone phone, String status) {
        String id = "\"id\":\"" + phone.managementId() + "\",\"status\":";
        return Fault.changedBody(body -> body.replace(id + 204, id + status));
    }

    @Test
    void aFateThatIsNotToldKeepsNoOtherFromItsOwn() throws Exception {
        String reference = reference(tenant.push(phones(0, 25)).get(0));
        String left = phone(24).managementId();
        tenant.intune().log().clear();
        tenant.intune().faults().always("POST", "$batch", Fault.changedBody(body -> body.replace(left, "another")));

        List<PushOutcome> fates = tenant.fate(reference, phones(0, 25));

        assertThat(fates).hasSize(25);
        assertThat(fates.get(24))
                .isInstanceOfSatisfying(
                        Waiting.class, waiting -> assertThat(waiting.word()).startsWith("unknown"));
        assertThat(tenant.intune().log().count("POST", "$batch")).isEqualTo(3);
        assertThat(tenant.intune().log().count("GET", "/managedDevices")).isZero();
    }

    @Test
    void throttlingOnceSomethingWentOutConcernsTheRestAlone() throws Exception {
        tenant.intune().device(phone(1)).os("Android");
        tenant.intune().faults().once("POST", EXECUTE, (request, endpoint) -> endpoint.answer(request));
        tenant.intune().faults().once("POST", EXECUTE, Fault.tooManyRequests(Duration.ofSeconds(9)));

        List<PushOutcome> outcomes = tenant.push(phone(0), phone(1));

        assertThat(outcomes.get(0)).isInstanceOf(Sent.class);
        assertThat(outcomes.get(1)).isInstanceOf(Again.class);
    }

    @Test
    void throttlingBeforeThatIsLeftToTheCore() {
        tenant.intune().faults().once("POST", EXECUTE, Fault.tooManyRequests(Duration.ofSeconds(9)));

        assertThatThrownBy(() -> tenant.push(phone(0)))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseHeaders()).containsEntry("Retry-After", "9"));
    }

    @Test
    void nothingIsSentTwiceAfterACallThatWasNeverAnswered() throws Exception {
        tenant.intune().faults().once("POST", EXECUTE, Fault.hangUpAfterProcessing());
        assertThatThrownBy(() -> tenant.push(phone(0))).isInstanceOf(Exception.class);

        List<PushOutcome> outcomes = tenant.pushAgain(phone(0), phone(1));

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isInstanceOf(Sent.class);
        assertThat(outcomes.get(1)).as("an empty list proves nothing").isInstanceOf(Unlisted.class);
        assertThat(tenant.intune().device(phone(0)).actions()).hasSize(1);
        assertThat(tenant.intune().device(phone(1)).actions()).isEmpty();
    }

    @Test
    void anActionThatEndedAfterACallWithoutAnAnswerIsFound() throws Exception {
        phone(1).behaviour().unsupported(true);
        Instant since = Instant.now();
        tenant.push(phone(0), phone(1));
        Awaitility.await().until(() -> state(0).equals("done") && state(1).equals("notSupported"));

        assertThat(tenant.pushAgain(since, phone(0), phone(1))).hasSize(2).allMatch(Sent.class::isInstance);
        assertThat(tenant.pushAgain(since.plus(Duration.ofHours(1)), phone(0)))
                .as("an action that is older than the call")
                .singleElement()
                .isInstanceOf(Unlisted.class);
    }

    @Test
    void anActionThatIsNotListedYetIsNotSentAgain() throws Exception {
        tenant.intune().settings().actionLag(Duration.ofMinutes(14));
        Instant since = Instant.now();
        tenant.push(phone(0));

        assertThat(tenant.pushAgain(since, phone(0))).singleElement().isInstanceOf(Unlisted.class);
        assertThat(tenant.intune().device(phone(0)).actions()).hasSize(1);
    }

    private String state(int i) {
        return tenant.intune().device(phone(i)).actions().get(0).state();
    }

    @Test
    void whatBecomesOfAnAction() throws Exception {
        phone(1).behaviour().online(false);
        phone(2).behaviour().unsupported(true);
        phone(3).behaviour().busy(1);
        String reference = reference(tenant.push(phones(0, 4)).get(0));
        Awaitility.await()
                .until(() -> List.of(0, 2, 3).stream()
                        .noneMatch(i -> tenant.intune()
                                .device(phone(i))
                                .actions()
                                .get(0)
                                .state()
                                .equals("pending")));

        List<PushOutcome> fates = tenant.fate(reference, phones(0, 5));

        assertThat(fates.get(0)).isEqualTo(new Acknowledged(phone(0).eid()));
        assertThat(fates.get(1)).isEqualTo(new Waiting(phone(1).eid(), "pending"));
        assertThat(fates.get(2)).isInstanceOf(Failed.class);
        assertThat(fates.get(3)).isInstanceOf(Again.class);
        assertThat(fates.get(4)).isInstanceOf(Unlisted.class);
    }

    @Test
    void anActionThatIntuneDoesNotListIsLeftToTheCore() throws Exception {
        assertThat(tenant.fate("activateDeviceEsim 2026-01-01T00:00:00Z", phone(0)))
                .singleElement()
                .isInstanceOf(Unlisted.class);
    }

    @Test
    void windowsDevicesBecomeMembersOfTheGroupWithTheProfile() throws Exception {
        Phone[] laptops = phones(0, 45);
        for (int i = 0; i < 45; i++) {
            windows(i);
        }

        List<PushOutcome> outcomes = tenant.push(laptops);
        tenant.push(laptops);

        assertThat(outcomes).hasSize(45).allMatch(Sent.class::isInstance);
        assertThat(tenant.intune().members(Tenant.GROUP)).hasSize(45);
        assertThat(tenant.intune().profiles()).singleElement().satisfies(profile -> {
            assertThat(profile.servers()).containsExactly(HOST);
            assertThat(profile.groups()).containsExactly(Tenant.GROUP);
        });
        assertThat(tenant.intune().log().count("PATCH", "/groups/")).isEqualTo(3);
        assertThat(tenant.fate(reference(outcomes.get(0)), phone(0))).containsExactly(new Acknowledged(phone(0).eid()));
    }

    @Test
    void anotherServerChangesTheProfileAndKeepsItsAssignments() throws Exception {
        DeviceProfile foreign = tenant.intune().profile("Celona eSIM download server", "made by hand");
        DeviceProfile ours =
                tenant.intune().profile("renamed", "[celona-mdm-connector:warehouse] [server:old.example.com]");
        ours.assignedTo("another-group");
        tenant.intune().settings().pageSize(1);

        tenant.push(windows(0), phone(1));

        assertThat(tenant.intune().profiles()).hasSize(2);
        assertThat(foreign.groups()).isEmpty();
        assertThat(ours.servers()).containsExactly(HOST);
        assertThat(ours.groups()).containsExactly("another-group", Tenant.GROUP);
        assertThat(tenant.intune().device(phone(1)).actions()).hasSize(1);
    }

    @Test
    void ordersAtTheSameTimeMakeOneProfile() throws Exception {
        windows(0);
        windows(1);
        Hold creation = tenant.intune().faults().hold("POST", "/deviceConfigurations", Hold.Point.BEFORE_PROCESSING);
        FutureTask<List<PushOutcome>> first = new FutureTask<>(() -> tenant.push(phone(0)));
        FutureTask<List<PushOutcome>> second = new FutureTask<>(() -> tenant.push(phone(1)));
        new Thread(first).start();
        creation.awaitArrival(Duration.ofSeconds(30));
        Thread other = new Thread(second);
        other.start();
        Awaitility.await().until(() -> second.isDone() || other.getState() == Thread.State.WAITING);

        creation.release();

        assertThat(first.get()).singleElement().isInstanceOf(Sent.class);
        assertThat(second.get()).singleElement().isInstanceOf(Sent.class);
        assertThat(tenant.intune().profiles()).hasSize(1);
        assertThat(tenant.intune().members(Tenant.GROUP)).hasSize(2);
    }

    @Test
    void windowsDevicesWhoseGroupIsExcludedFromTheProfileAreToldSo() throws Exception {
        DeviceProfile ours = tenant.intune().profile("ours", "[celona-mdm-connector:warehouse] [server:" + HOST + "]");
        ours.exclude(Tenant.GROUP);

        List<PushOutcome> outcomes = tenant.push(windows(0), phone(1));

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ReasonCode.COMMAND_FAILED);
            assertThat(failed.reason()).contains("excludes the group " + Tenant.GROUP);
        });
        assertThat(outcomes.get(1)).as("a phone beside it").isInstanceOf(Sent.class);
        assertThat(ours.groups()).isEmpty();
        assertThat(tenant.intune().members(Tenant.GROUP)).isEmpty();
    }

    @Test
    void windowsDevicesThatCannotBeReached() throws Exception {
        Phone stranger = windows(0);
        tenant.intune()
                .faults()
                .once(
                        "POST",
                        "$batch",
                        Fault.changedBody(body -> "{\"responses\":[{\"id\":\"" + stranger.eid()
                                + "\",\"status\":200,\"body\":{\"value\":[{\"id\":\"x\",\"deviceId\":\"y\"}]}}]}"));

        assertThat(tenant.push(stranger))
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("Entra does not know"));

        tenant.set("mdm.intune.windows.group", "");
        assertThat(tenant.push(stranger))
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("connector.syncs.warehouse.mdm.intune.windows.group"));
    }

    @Test
    void aPermissionThatIsMissingIsNamed() {
        tenant.intune().settings().revoke("DeviceManagementManagedDevices.PrivilegedOperations.All");

        assertThatThrownBy(() -> tenant.push(phone(0)))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseBody())
                                .contains("DeviceManagementManagedDevices.PrivilegedOperations.All"));
    }
}
