package io.celonamdm.platform.jamf;

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
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.jamf.MdmCommand;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class JamfPushTests {
    private static final String COMMANDS = "/api/v2/mdm/commands";

    private final Phone phone = new Phone("89049032007008882600085727376656", "C7CX706CKW", "Warehouse 07");

    @AutoClose
    private final Tenant tenant = new Tenant(fleetOf(phone));

    private static PhoneFleet fleetOf(Phone phone) {
        PhoneFleet fleet = new PhoneFleet(1);
        fleet.add(phone);
        return fleet;
    }

    @Test
    void commandIsSentAndAcknowledged() throws Exception {
        PushOutcome sent = tenant.push(phone);

        MdmCommand command = tenant.jamf().commands(phone).get(0);
        assertThat(sent).isEqualTo(new Sent(phone.eid(), command.uuid()));
        assertThat(command.esimServerUrl()).isEqualTo("https://sm-v4-072-d-gtm.pr.go-esim.com");
        assertThat(fateOnceItIs(command, "ACKNOWLEDGED")).isEqualTo(new Acknowledged(phone.eid()));
    }

    @Test
    void phoneThatIsOff() throws Exception {
        phone.behaviour().online(false);

        tenant.push(phone);

        assertThat(fateOnceItIs(onlyCommand(), "PENDING")).isEqualTo(new Waiting(phone.eid(), "PENDING"));
    }

    @Test
    void activeCommandIsNotSentAgain() throws Exception {
        phone.behaviour().online(false);
        PushOutcome first = tenant.push(phone);

        PushOutcome second = tenant.push(phone);

        assertThat(second).isEqualTo(first);
        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(1);
    }

    @Test
    void commandThatCameToItsEndDoesNotStopAnother() throws Exception {
        tenant.push(phone);
        fateOnceItIs(onlyCommand(), "ACKNOWLEDGED");

        tenant.push(phone);

        assertThat(tenant.jamf().commands(phone)).hasSize(2);
    }

    @Test
    void commandThatCameToItsEndIsNoActiveOneWhateverTheServerMakesOfTheQuestion() throws Exception {
        tenant.push(phone);
        fateOnceItIs(onlyCommand(), "ACKNOWLEDGED");
        tenant.jamf().faults().always("GET", COMMANDS, (request, endpoint) -> {
            Map<String, List<String>> query = new HashMap<>(request.query());
            query.put("filter", List.of(request.query("filter").orElse("").replace(";active==true", "")));
            return endpoint.answer(request.withQuery(query));
        });

        PushOutcome second = tenant.push(phone);

        assertThat(tenant.jamf().commands(phone)).hasSize(2);
        assertThat(second)
                .isEqualTo(new Sent(
                        phone.eid(), tenant.jamf().commands(phone).get(1).uuid()));
    }

    @Test
    void phoneThatPutsTheCommandOff() throws Exception {
        phone.behaviour().notNow(1000);

        tenant.push(phone);

        assertThat(fateOnceItIs(onlyCommand(), "NOT_NOW")).isEqualTo(new Waiting(phone.eid(), "NOT_NOW"));
    }

    @Test
    void busyCellularStack() throws Exception {
        phone.behaviour().busy(1);

        tenant.push(phone);

        assertThat(fateOnceItIs(onlyCommand(), "ERROR"))
                .isInstanceOfSatisfying(
                        Again.class, again -> assertThat(again.reason()).contains("36003"));
    }

    @Test
    void hardwareWithoutSupport() throws Exception {
        phone.behaviour().unsupported(true);

        tenant.push(phone);

        assertThat(fateOnceItIs(onlyCommand(), "ERROR"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ReasonCode.HARDWARE_UNSUPPORTED));
    }

    @Test
    void commandThatJamfHasForgotten() throws Exception {
        assertThat(tenant.fate(phone, "92616b4c-975e-4586-bfbc-f8c84c87d8fe")).isInstanceOf(Unlisted.class);
        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isZero();
    }

    @Test
    void commandThatEndedAfterACallWithoutAnAnswerIsFound() throws Exception {
        Instant since = Instant.now();
        tenant.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());
        assertThatThrownBy(() -> tenant.push(phone)).isInstanceOf(KnownFailure.class);
        Awaitility.await().until(() -> onlyCommand().state().equals("ACKNOWLEDGED"));

        assertThat(tenant.pushAgain(phone, since))
                .isEqualTo(new Sent(phone.eid(), onlyCommand().uuid()));
    }

    @Test
    void commandThatFailedAfterACallWithoutAnAnswerIsFound() throws Exception {
        phone.behaviour().unsupported(true);
        Instant since = Instant.now();
        tenant.push(phone);
        Awaitility.await().until(() -> onlyCommand().state().equals("ERROR"));

        assertThat(tenant.pushAgain(phone, since))
                .isEqualTo(new Sent(phone.eid(), onlyCommand().uuid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT5H", "-PT12M", "PT0S", "PT12M", "PT48H"})
    void clockOfTheServerIsTakenIntoAccount(Duration ahead) throws Exception {
        tenant.jamf().settings().clockAhead(ahead);
        Instant since = Instant.now();
        tenant.push(phone);
        fateOnceItIs(onlyCommand(), "ACKNOWLEDGED");

        assertThat(tenant.pushAgain(phone, since)).isInstanceOf(Sent.class);
        assertThat(tenant.pushAgain(phone, since.plus(Duration.ofMinutes(3))))
                .as("a command that is older than the call")
                .isInstanceOf(Unlisted.class);
        assertThat(tenant.jamf().commands(phone)).hasSize(1);
    }

    @Test
    void activeCommandIsWaitedForHoweverOldItIs() throws Exception {
        phone.behaviour().online(false);
        tenant.push(phone);

        assertThat(tenant.pushAgain(phone, Instant.now().plus(Duration.ofHours(1))))
                .isEqualTo(new Sent(phone.eid(), onlyCommand().uuid()));
    }

    @Test
    void nodeThatHasNotHeardOfTheCommand() throws Exception {
        Instant since = Instant.now();
        tenant.jamf().settings().commandLag(Duration.ofMinutes(1));
        PushOutcome sent = tenant.push(phone);

        assertThat(tenant.fate(phone, ((Sent) sent).reference())).isInstanceOf(Unlisted.class);
        assertThat(tenant.pushAgain(phone, since)).isInstanceOf(Unlisted.class);

        tenant.jamf().settings().commandLag(Duration.ZERO);
        assertThat(tenant.pushAgain(phone, since)).isEqualTo(sent);
        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(1);
    }

    @Test
    void commandsOfAnotherDeviceAreNone() throws Exception {
        tenant.push(phone);
        fateOnceItIs(onlyCommand(), "ACKNOWLEDGED");
        Instant since = Instant.now().minusSeconds(60);
        String other = "9932c1cc-0000-4000-8000-0000000000ff";
        String managementId = phone.managementId();
        tenant.jamf().faults().once("GET", COMMANDS, Fault.changedBody(body -> body.replace(managementId, other)));

        assertThat(tenant.pushAgain(phone, since)).isInstanceOf(Unlisted.class);
    }

    @Test
    void listThatIsNone() {
        tenant.jamf().faults().once("GET", COMMANDS, Fault.changedBody(list -> "{\"totalCount\":0}"));

        assertThatThrownBy(() -> tenant.push(phone)).isInstanceOf(UnreadableAnswer.class);

        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isZero();
    }

    @Test
    void answerWithOneEntryInsteadOfAList() throws Exception {
        tenant.jamf().faults().once("POST", COMMANDS, Fault.changedBody(list -> list.substring(1, list.length() - 1)));

        assertThat(tenant.push(phone))
                .isEqualTo(new Sent(phone.eid(), onlyCommand().uuid()));
    }

    @Test
    void commandRefusedBecauseOfItsToken() throws Exception {
        tenant.jamf().faults().once("POST", COMMANDS, Fault.status(401));

        assertThat(tenant.push(phone))
                .isEqualTo(new Sent(phone.eid(), onlyCommand().uuid()));
        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(2);
        assertThat(tenant.jamf().log().of("POST", COMMANDS))
                .extracting(call -> call.request().body())
                .as("the same command")
                .containsOnly(tenant.jamf()
                        .log()
                        .of("POST", COMMANDS)
                        .get(0)
                        .request()
                        .body());
        assertThat(tenant.jamf().log().count("POST", "/oauth/token")).isEqualTo(2);
    }

    @Test
    void commandRefusedTwice() {
        tenant.jamf().faults().times(2, "POST", COMMANDS, Fault.status(401));

        assertThatThrownBy(() -> tenant.push(phone))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getStatusCode()).isEqualTo(401));

        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(2);
    }

    @Test
    void commandRefusedBecauseOfItsTokenWhoseRepetitionIsNotAnswered() {
        tenant.inFiring();
        tenant.jamf().faults().once("POST", COMMANDS, Fault.status(401));
        tenant.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());

        assertThatThrownBy(() -> tenant.push(phone))
                .satisfies(failure -> assertThat(
                                tenant.bean(Failures.class).of(failure).kind())
                        .as("the phone may have got the command")
                        .isEqualTo(Kind.OUTCOME_UNKNOWN));

        assertThat(tenant.jamf().commands(phone)).hasSize(1);
    }

    @Test
    void commandWithoutAnswerIsNotRepeated() {
        tenant.jamf().faults().once("POST", COMMANDS, Fault.hangUpAfterProcessing());

        assertThatThrownBy(() -> tenant.push(phone)).isInstanceOf(KnownFailure.class);

        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(1);
    }

    @Test
    void throttledCommandIsNotRepeated() {
        tenant.jamf().faults().once("POST", COMMANDS, Fault.tooManyRequests(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> tenant.push(phone)).isInstanceOf(HttpOperationFailedException.class);

        assertThat(tenant.jamf().log().count("POST", COMMANDS)).isEqualTo(1);
    }

    private MdmCommand onlyCommand() {
        assertThat(tenant.jamf().commands(phone)).hasSize(1);
        return tenant.jamf().commands(phone).get(0);
    }

    private PushOutcome fateOnceItIs(MdmCommand command, String state) throws Exception {
        Awaitility.await().until(() -> command.state().equals(state));
        return tenant.fate(phone, command.uuid());
    }
}
