package io.celonamdm.work.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.celonamdm.celona.Refused;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeviceTransitions;
import io.celonamdm.ledger.device.InDoubt;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Assignment;
import io.celonamdm.work.DeviceCompletion;
import io.celonamdm.work.DueWorkPolicy;
import io.celonamdm.work.Fault;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import io.celonamdm.work.call.AssignCall;
import io.celonamdm.work.call.Call;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outcome of a failed call for devices, journal entry and sync. */
class CallFailuresTests {
    private static final StepRig RIG = new StepRig();

    /**
     * A failure in each line: the state of the call's journal entry after it, where the step journals one, and what
     * becomes of a device by its step. A sync is stopped if its device is; its device waits for the next probe.
     */
    private static final String TABLE = """
            failure          | entry    | ASSIGN                    | AWAIT                     | PUSH                      | ACTIVATE                    | CONFIRM
            NOT_SENT         | NOT_SENT | WAITING UNREACHABLE       | WAITING UNREACHABLE       | WAITING UNREACHABLE       | WAITING UNREACHABLE         | WAITING UNREACHABLE
            THROTTLED        | NOT_SENT | WAITING THROTTLED         | WAITING THROTTLED         | WAITING THROTTLED         | WAITING THROTTLED           | WAITING THROTTLED
            BAD_CREDENTIALS  | NOT_SENT | STOPPED BAD_CREDENTIALS   | STOPPED BAD_CREDENTIALS   | STOPPED BAD_CREDENTIALS   | STOPPED BAD_CREDENTIALS     | STOPPED BAD_CREDENTIALS
            FORBIDDEN        | NOT_SENT | STOPPED FORBIDDEN         | STOPPED FORBIDDEN         | STOPPED FORBIDDEN         | STOPPED FORBIDDEN           | STOPPED FORBIDDEN
            HUNG_UP          | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING UNREACHABLE       | WAITING UNREACHABLE       | WAITING UNREACHABLE         | WAITING UNREACHABLE
            SERVER_ERROR     | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING VENDOR_ERROR      | WAITING VENDOR_ERROR      | WAITING VENDOR_ERROR        | WAITING VENDOR_ERROR
            WEB_PAGE         | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING UNREADABLE_ANSWER | WAITING UNREADABLE_ANSWER | STOPPED ACTIVATION_API_GONE | WAITING UNREADABLE_ANSWER
            NO_JSON          | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING UNREADABLE_ANSWER | WAITING UNREADABLE_ANSWER | WAITING UNREADABLE_ANSWER   | WAITING UNREADABLE_ANSWER
            GATEWAY          | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING NOT_THE_VENDOR    | WAITING NOT_THE_VENDOR    | WAITING NOT_THE_VENDOR      | WAITING NOT_THE_VENDOR
            REFUSED          | REFUSED  | DEAD ASSIGN_REFUSED       | IN_DOUBT REQUEST_UNKNOWN  | DEAD COMMAND_FAILED       | DEAD OTHER                  | WAITING OTHER
            NOT_FOUND        | REFUSED  | DEAD ASSIGN_REFUSED       | IN_DOUBT REQUEST_UNKNOWN  | DEAD COMMAND_FAILED       | STOPPED ACTIVATION_API_GONE | WAITING OTHER
            LEDGER           | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING LEDGER_UNAVAILABLE| WAITING LEDGER_UNAVAILABLE| WAITING LEDGER_UNAVAILABLE  | WAITING LEDGER_UNAVAILABLE
            BUG              | IN_DOUBT | IN_DOUBT ASSIGN_IN_DOUBT  | WAITING OTHER             | WAITING OTHER             | WAITING OTHER               | WAITING OTHER
            """;

    @TestFactory
    Stream<DynamicTest> eachFailureAtEachStep() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        List<String> header = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(2, header.size())
                        .mapToObj(column -> dynamicTest(
                                row.get(0) + " at " + header.get(column),
                                () -> check(
                                        Fault.valueOf(row.get(0)),
                                        Work.Kind.valueOf(header.get(column)),
                                        row.get(1),
                                        row.get(column)))));
    }

    private static void check(Fault fault, Work.Kind step, String entry, String expected) {
        Work work = RIG.work(RIG.sync(), step, 1);
        Call call = RIG.intended(work);

        RIG.fail(work, call, fault.at(step));

        String code = expected.substring(expected.indexOf(' ') + 1);
        boolean stopped = expected.startsWith("STOPPED");
        String place = stopped ? "WAITING" : expected.substring(0, expected.indexOf(' '));
        assertThat(RIG.whereAre(work)).containsExactly(place + " " + step + " " + code);
        assertThat(RIG.entryOf(call)).isEqualTo(call == null ? "-" : entry);
        assertThat(RIG.quarantineOf(work.sync())).isEqualTo(stopped ? code : "-");
    }

    @Test
    void aMissingPageOfAGatewayAtAnActivationIsTakenForTheEndpoint() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ACTIVATE, 1);
        Call call = RIG.intended(work);

        RIG.fail(work, call, Fault.answer(404, "<html>no such page</html>"));

        assertThat(RIG.whereAre(work)).containsExactly("WAITING ACTIVATE ACTIVATION_API_GONE");
        assertThat(RIG.entryOf(call)).isEqualTo("REFUSED");
    }

    @ParameterizedTest
    @CsvSource({
        "401, WAITING AWAIT BAD_CREDENTIALS, BAD_CREDENTIALS",
        "403, WAITING AWAIT FORBIDDEN, FORBIDDEN",
        "408, WAITING AWAIT VENDOR_ERROR, -",
        "429, WAITING AWAIT THROTTLED, -",
        "500, WAITING AWAIT VENDOR_ERROR, -",
        "404, IN_DOUBT AWAIT REQUEST_UNKNOWN, -",
        "0, IN_DOUBT AWAIT REQUEST_UNKNOWN, -"
    })
    void theCodeInCelonasEnvelopeSaysWhyAQuestionIsRefused(int code, String expected, String quarantine) {
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 2);

        RIG.fail(work, null, new Refused(code, "no answer to that"));

        assertThat(RIG.whereAre(work)).containsExactly(expected, expected);
        assertThat(RIG.quarantineOf(work.sync())).isEqualTo(quarantine);
    }

    @Test
    void theCodeInTheEnvelopeOfAStatusCountsMoreThanTheStatus() {
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 1);

        RIG.fail(work, null, Fault.answer(400, "{\"success\":false,\"code\":429,\"error\":\"slow down\"}"));

        assertThat(RIG.whereAre(work)).containsExactly("WAITING AWAIT THROTTLED");
    }

    /** As the same code would as the answer's status: after a failure of the server, nobody knows what it did. */
    @ParameterizedTest
    @CsvSource({
        "ASSIGN, 401, WAITING ASSIGN BAD_CREDENTIALS, NOT_SENT, BAD_CREDENTIALS",
        "ASSIGN, 403, WAITING ASSIGN FORBIDDEN, NOT_SENT, FORBIDDEN",
        "ASSIGN, 408, IN_DOUBT ASSIGN ASSIGN_IN_DOUBT, IN_DOUBT, -",
        "ASSIGN, 429, WAITING ASSIGN THROTTLED, NOT_SENT, -",
        "ASSIGN, 500, IN_DOUBT ASSIGN ASSIGN_IN_DOUBT, IN_DOUBT, -",
        "ASSIGN, 504, IN_DOUBT ASSIGN ASSIGN_IN_DOUBT, IN_DOUBT, -",
        "ASSIGN, 400, DEAD ASSIGN ASSIGN_REFUSED, REFUSED, -",
        "ASSIGN, 0, DEAD ASSIGN ASSIGN_REFUSED, REFUSED, -",
        "ASSIGN, 200, DEAD ASSIGN ASSIGN_REFUSED, REFUSED, -",
        "ACTIVATE, 401, WAITING ACTIVATE BAD_CREDENTIALS, NOT_SENT, BAD_CREDENTIALS",
        "ACTIVATE, 429, WAITING ACTIVATE THROTTLED, NOT_SENT, -",
        "ACTIVATE, 503, WAITING ACTIVATE VENDOR_ERROR, IN_DOUBT, -",
        "ACTIVATE, 400, DEAD ACTIVATE OTHER, REFUSED, -"
    })
    void theCodeInCelonasEnvelopeSaysWhatARefusalLeavesOpen(
            Work.Kind step, int code, String expected, String entry, String quarantine) {
        for (Exception refusal : List.of(
                new Refused(code, "that does not go"),
                Fault.answer(400, "{\"success\":false,\"code\":%d,\"error\":\"no\"}".formatted(code)))) {
            Work work = RIG.work(RIG.sync(), step, 1);
            Call call = RIG.intended(work);

            RIG.fail(work, call, refusal);

            assertThat(RIG.whereAre(work)).as(refusal.toString()).containsExactly(expected);
            assertThat(RIG.entryOf(call)).isEqualTo(entry);
            assertThat(RIG.quarantineOf(work.sync())).isEqualTo(quarantine);
        }
    }

    /** Such as one that the ledger has no room for: what Celona took must not be lost. */
    @Tag(TestDatabase.POSTGRESQL)
    @ParameterizedTest
    @MethodSource
    void anAssignmentWithAnOddAnswerIsAwaitedOrInDoubt(Object requestId, String serverUrl, String expected) {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 1);
        AssignCall call = Objects.requireNonNull((AssignCall) RIG.intended(work));
        Map<String, Object> answer =
                Map.of("success", true, "data", Map.of("request_id", requestId, "server_url", serverUrl));

        try {
            RIG.run(() -> RIG.bean(Assignment.class).answered(work, call, answer));
        } catch (RuntimeException e) {
            RIG.fail(work, call, e);
            assertThat(RIG.bean(InDoubt.class).list(work.sync().name()))
                    .allSatisfy(doubt -> assertThat(doubt.reason()).contains("expected a request_id of at most 200"));
        }

        assertThat(RIG.whereAre(work)).containsExactly(expected);
    }

    static Stream<Arguments> anAssignmentWithAnOddAnswerIsAwaitedOrInDoubt() {
        return Stream.of(
                Arguments.of(7, "https://rsp.example.com", "WAITING AWAIT"),
                Arguments.of("r".repeat(200), "https://rsp.example.com", "WAITING AWAIT"),
                Arguments.of("r".repeat(201), "https://rsp.example.com", "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT"),
                Arguments.of("r\u0000 1", "https://rsp.example.com", "IN_DOUBT ASSIGN ASSIGN_IN_DOUBT"),
                Arguments.of(Map.of("id", "r-1"), "https://rsp.example.com", "WAITING AWAIT"),
                Arguments.of("r-1", "https://rsp.example.com/" + "x".repeat(5000), "WAITING AWAIT"),
                Arguments.of("r-1", "https://rsp.example.com\u0000/", "WAITING AWAIT"));
    }

    @Test
    void aRefusalThatNamesItsAssignmentIsInDoubt() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 1);

        RIG.fail(
                work,
                RIG.intended(work),
                Fault.answer(400, "{\"success\":false,\"code\":400,\"data\":{\"request_id\":7},\"error\":\"no\"}"));

        assertThat(RIG.whereAre(work)).containsExactly("IN_DOUBT ASSIGN ASSIGN_IN_DOUBT");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROTTLED", "BAD_CREDENTIALS"})
    void aPushOfSeveralDevicesMayHaveBeenMadeInPart(Fault fault) {
        Work work = RIG.work(RIG.sync(), Work.Kind.PUSH, 2);
        Call call = RIG.intended(work);

        RIG.fail(work, call, fault.at(Work.Kind.PUSH));

        assertThat(RIG.entryOf(call)).isEqualTo("IN_DOUBT");
        assertThat(RIG.whereAre(work)).containsOnly("WAITING PUSH " + fault);
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void anEmptyPoolIsAWait() {
        for (int code : new int[] {409, 500}) {
            Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 2);

            RIG.fail(work, RIG.intended(work), new Refused(code, "No available eSIM for this customer"));

            assertThat(RIG.whereAre(work)).containsOnly("WAITING ASSIGN POOL_EXHAUSTED");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aCallThatWasAnsweredCannotFail(Fault fault) {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 1);
        AssignCall call = Objects.requireNonNull((AssignCall) RIG.intended(work));
        RIG.accept(work, call);

        RIG.fail(work, call, fault.at(Work.Kind.ASSIGN));

        assertThat(RIG.whereAre(work)).containsExactly("WAITING AWAIT");
        assertThat(RIG.entryOf(call)).isEqualTo("ANSWERED");
        assertThat(RIG.quarantineOf(work.sync())).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, DEAD ASSIGN ASSIGN_REFUSED",
        "THROTTLED, WAITING ASSIGN THROTTLED",
        "BAD_CREDENTIALS, WAITING ASSIGN BAD_CREDENTIALS",
        "HUNG_UP, IN_DOUBT ASSIGN ASSIGN_IN_DOUBT",
        "BUG, IN_DOUBT ASSIGN ASSIGN_IN_DOUBT"
    })
    void aFailureThatComesLateEndsTheDoubtIfNothingWasDone(Fault fault, String expected) {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 1);
        Call call = RIG.intended(work);
        RIG.fail(work, call, Fault.HUNG_UP.at(Work.Kind.ASSIGN));

        RIG.fail(work, call, fault.at(Work.Kind.ASSIGN));

        assertThat(RIG.whereAre(work)).containsExactly(expected);
        assertThat(RIG.entryOf(call)).as("leaves INTENDED once").isEqualTo("IN_DOUBT");
    }

    @Test
    void aFailureThatComesLateLeavesDevicesAloneThatWereDecided() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 2);
        Call call = RIG.intended(work);
        RIG.fail(work, call, Fault.HUNG_UP.at(Work.Kind.ASSIGN));
        RIG.in(() -> {
            InDoubt.Doubtful decided =
                    RIG.bean(InDoubt.class).list(work.sync().name()).get(0);
            return RIG.bean(DeviceCompletion.class)
                    .dead(work.sync(), List.of(decided.id()), ReasonCode.GIVEN_UP, "it was given up", null);
        });

        RIG.fail(work, call, Fault.THROTTLED.at(Work.Kind.ASSIGN));

        assertThat(RIG.whereAre(work)).containsExactlyInAnyOrder("DEAD ASSIGN GIVEN_UP", "WAITING ASSIGN THROTTLED");
    }

    @Test
    void aCallThatWasAboutToBeIntendedWasNeverMade() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 1);
        Call committed = RIG.intended(work);

        // the commit of the intent was reported as failed, so that the route knows of no call
        RIG.fail(work, null, Fault.LEDGER.at(Work.Kind.ASSIGN));

        assertThat(RIG.entryOf(committed)).isEqualTo("NOT_SENT");
        assertThat(RIG.whereAre(work)).containsExactly("WAITING ASSIGN LEDGER_UNAVAILABLE");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void devicesThatHaveGoneOnAreLeftAlone(Fault fault) {
        Work work = RIG.work(RIG.sync(), Work.Kind.AWAIT, 1);
        RIG.run(() ->
                RIG.bean(DeviceTransitions.class).assign(Map.of(work.ids().get(0), Iccid.of("89105212033100003477"))));

        RIG.fail(work, null, fault.at(Work.Kind.AWAIT));

        assertThat(RIG.whereAre(work)).containsExactly("WAITING PUSH");
        assertThat(RIG.quarantineOf(work.sync())).isEqualTo("-");
    }

    @Test
    void anAssignmentInDoubtStopsTheOthersOfItsRun() {
        Sync sync = RIG.sync();
        Runs runs = RIG.bean(Runs.class);
        RIG.in(() -> runs.open(sync.name(), Run.Cause.NIGHTLY, false, Duration.ofHours(2)));
        Work work = RIG.work(sync, Work.Kind.ASSIGN, 1);

        RIG.fail(work, RIG.intended(work), Fault.SERVER_ERROR.at(Work.Kind.ASSIGN));

        assertThat(runs.isAssignStopped(sync.name())).isTrue();
    }

    @Test
    void aPlanDoesNotLetAssigningGoOn() {
        Sync sync = RIG.sync();
        open(sync, false);
        Work work = RIG.work(sync, Work.Kind.ASSIGN, 1);
        RIG.work(sync, Work.Kind.ASSIGN, 1);
        RIG.fail(work, RIG.intended(work), Fault.SERVER_ERROR.at(Work.Kind.ASSIGN));
        RIG.run(() -> RIG.bean(JdbcClient.class)
                .sql("update device set place = 'WAITING' where sync = :sync and place = 'IN_FLIGHT'")
                .param("sync", sync.name().value())
                .update());
        assertThat(due(sync)).doesNotContain(Work.Kind.ASSIGN);

        open(sync, true);
        assertThat(due(sync)).as("while it is planned").doesNotContain(Work.Kind.ASSIGN);
        close(sync);
        assertThat(due(sync)).as("after the plan").doesNotContain(Work.Kind.ASSIGN);

        open(sync, false);
        assertThat(due(sync)).as("in the next run").contains(Work.Kind.ASSIGN);
    }

    @Test
    void anAssignmentInDoubtWhileItIsPlannedStopsTheOthers() {
        Sync sync = RIG.sync();
        open(sync, false);
        open(sync, true);
        Work work = RIG.work(sync, Work.Kind.ASSIGN, 1);

        RIG.fail(work, RIG.intended(work), Fault.HUNG_UP.at(Work.Kind.ASSIGN));

        assertThat(RIG.bean(Runs.class).isAssignStopped(sync.name())).isTrue();
    }

    /** Opens a run, after the one that is open. */
    private static void open(Sync sync, boolean planOnly) {
        close(sync);
        RIG.in(() -> RIG.bean(Runs.class).open(sync.name(), Run.Cause.ON_DEMAND, planOnly, Duration.ofHours(2)));
    }

    private static void close(Sync sync) {
        RIG.run(() -> RIG.bean(Runs.class)
                .open(sync.name())
                .ifPresent(run -> RIG.bean(Runs.class).close(run.id(), Run.Outcome.SUCCESS, null, null, Map.of())));
    }

    private static List<Work.Kind> due(Sync sync) {
        return RIG.in(() -> RIG.bean(DueWorkPolicy.class).allowed(sync).kinds());
    }
}
