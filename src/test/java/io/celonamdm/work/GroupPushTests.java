package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.device.PushOutcome.Acknowledged;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.device.PushOutcome.Unlisted;
import io.celonamdm.device.PushOutcome.Waiting;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DueDevices;
import io.celonamdm.ledger.device.InterruptedWork;
import io.celonamdm.ledger.device.Redrives;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.sync.CallSizes;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.PushCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A push call for several devices: each goes on by its own outcome, and none gets two commands. */
class GroupPushTests {
    private static final StepRig RIG = new StepRig();

    private static void putBack(Work work) {
        RIG.run(() -> RIG.bean(DueDevices.class).putBack(work.ids()));
    }

    private static Sync sync(String tenant) {
        return RIG.sync("mdm.base-url", "https://" + tenant + ".example.com");
    }

    private static PushCall intended(Work work) {
        return Objects.requireNonNull((PushCall) RIG.intended(work));
    }

    private static void answer(Work work, PushCall call, Function<Device, PushOutcome> outcome) {
        List<PushOutcome> outcomes = work.devices().stream().map(outcome).toList();
        RIG.run(() -> RIG.bean(Pushing.class).answered(work, call, outcomes));
    }

    private static PushOutcome sent(Device device) {
        return new Sent(device.eid().value(), "command-" + device.id());
    }

    private static PushOutcome unlisted(Device device) {
        return new Unlisted(device.eid().value(), "Jamf Pro does not show it yet");
    }

    private static List<Target> order(Work work) {
        return RIG.in(() -> RIG.bean(Pushing.class).order(work, intended(work)).targets());
    }

    @Test
    void eachDeviceGoesOnByItsOwnOutcome() {
        Work work = RIG.work(RIG.sync(), Work.Kind.PUSH, 4);
        PushCall call = intended(work);
        List<Device> devices = work.devices();
        List<PushOutcome> outcomes = List.of(
                sent(devices.get(0)),
                new Acknowledged(devices.get(1).eid().value()),
                new Waiting(devices.get(2).eid().value(), "PENDING"));

        RIG.run(() -> RIG.bean(Pushing.class).answered(work, call, outcomes));

        assertThat(RIG.whereAre(work))
                .containsExactly(
                        "WAITING ACTIVATE",
                        "WAITING ACTIVATE",
                        "WAITING PUSH NOT_PROVISIONED",
                        "DEAD PUSH UNACCOUNTED");
        assertThat(RIG.entryOf(call)).isEqualTo("ANSWERED");
    }

    @Test
    void aDeviceOfWhichTheAnswerSaidNothingIsSearchedForOnceItIsRedriven() {
        Sync sync = RIG.sync();
        Work work = RIG.work(sync, Work.Kind.PUSH, 2);
        PushCall call = intended(work);
        RIG.run(() -> RIG.bean(Pushing.class)
                .answered(work, call, List.of(sent(work.devices().get(0)))));

        RIG.run(() -> RIG.bean(Redriver.class)
                .asked(sync, RIG.bean(Redrives.class).open(sync.name(), ReasonCode.UNACCOUNTED), "a test"));

        Work again = RIG.due(sync, Work.Kind.PUSH);
        assertThat(again.ids()).containsExactly(work.devices().get(1).id());
        assertThat(order(again)).as("it may have got its command").allMatch(Target::unanswered);
    }

    @Test
    void eachDeviceKeepsItsOwnCommand() {
        Sync sync = RIG.sync("mdm.await", "acknowledged");
        Work work = RIG.work(sync, Work.Kind.PUSH, 3);
        answer(work, intended(work), GroupPushTests::sent);
        RIG.wait(Duration.ofHours(1));

        Work later = RIG.due(sync, Work.Kind.PUSH);

        assertThat(later.devices()).hasSize(3).allSatisfy(device -> {
            assertThat(device.pushReference()).isEqualTo("command-" + device.id());
            assertThat(device.pushedAt()).isNotNull();
        });
    }

    @Test
    void aCallWhoseOutcomeWasLostIsSearchedForBeforeTheSameFiringSendsAnother() {
        Sync sync = RIG.sync();
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        PushCall lost = intended(work);
        RIG.run(() -> RIG.bean(InterruptedWork.class).settleLeft(Step.PUSH, work.devices(), RIG.now()));
        assertThat(RIG.entryOf(lost)).isEqualTo("IN_DOUBT");

        List<Target> again = order(RIG.due(sync, Work.Kind.PUSH));

        assertThat(again)
                .singleElement()
                .satisfies(target -> assertThat(target.unanswered()).isTrue());
    }

    @Test
    void aDeviceWhoseCommandIsNotShownYetIsSearchedForAndSentNoOtherMeanwhile() {
        Sync sync = RIG.sync();
        Work work = RIG.work(sync, Work.Kind.PUSH, 2);
        Device open = work.devices().get(1);
        answer(work, intended(work), device -> device.id() == open.id() ? unlisted(device) : sent(device));
        assertThat(RIG.whereAre(work)).containsExactly("WAITING ACTIVATE", "WAITING PUSH COMMAND_UNLISTED");

        RIG.wait(Duration.ofMinutes(1));
        Work again = RIG.due(sync, Work.Kind.PUSH);
        assertThat(again.ids()).containsExactly(open.id());
        assertThat(RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(again.ids())))
                .as("it is sent the next one alone")
                .containsOnlyKeys(open.id())
                .containsValue(1);
        assertThat(order(again)).allMatch(Target::unanswered);
        answer(again, intended(again), GroupPushTests::unlisted);
        RIG.wait(Duration.ofMinutes(3));
        Work last = RIG.due(sync, Work.Kind.PUSH);
        assertThat(order(last)).as("still").allMatch(Target::unanswered);
        answer(last, intended(last), GroupPushTests::unlisted);

        Work fresh = RIG.due(sync, Work.Kind.PUSH);
        assertThat(order(fresh)).as("after mdm.repeat.after").noneMatch(Target::unanswered);
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void aCommandThatIsFoundEndsTheSearch() {
        Sync sync = RIG.sync("mdm.await", "acknowledged");
        Work work = RIG.work(sync, Work.Kind.PUSH, 2);
        answer(work, intended(work), GroupPushTests::unlisted);
        RIG.wait(Duration.ofMinutes(1));
        Work again = RIG.due(sync, Work.Kind.PUSH);

        answer(again, intended(again), GroupPushTests::sent);

        RIG.wait(Duration.ofHours(1));
        assertThat(order(RIG.due(sync, Work.Kind.PUSH)))
                .hasSize(2)
                .allMatch(target -> target.reference() != null && !target.unanswered());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REFUSED", "NOT_FOUND", "GATEWAY"})
    void aRefusalOfSeveralIsNobodysAndIsLookedIntoBeforeAnythingIsSentAgain(Fault fault) {
        Sync sync = sync("refusing-" + fault);
        Work work = RIG.work(sync, Work.Kind.PUSH, 8);
        PushCall call = intended(work);

        RIG.fail(work, call, fault.at(Work.Kind.PUSH));

        assertThat(RIG.whereAre(work)).allMatch(place -> place.startsWith("WAITING PUSH"));
        assertThat(RIG.entryOf(call)).isEqualTo("IN_DOUBT");
        RIG.wait(Duration.ofHours(1));
        Work again = RIG.due(sync, Work.Kind.PUSH);
        assertThat(order(again)).hasSize(8).allMatch(Target::unanswered);
        assertThat(RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(again.ids())))
                .as("half as many")
                .hasSize(8)
                .containsValue(4);

        RIG.fail(again, intended(again), fault.at(Work.Kind.PUSH));

        assertThat(RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(again.ids())))
                .as("then each alone")
                .hasSize(8)
                .containsValue(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Work.Kind.class,
            names = {"PUSH", "CONFIRM"})
    void aRefusalOfSeveralIsNobodysLastAttempt(Work.Kind kind) {
        Sync sync = RIG.sync("retry.attempts", "1", "mdm.base-url", "https://once-%s.example.com".formatted(kind));
        Work work = RIG.work(sync, kind, 4);

        RIG.fail(work, kind == Work.Kind.PUSH ? RIG.intended(work) : null, Fault.REFUSED.at(kind));

        assertThat(RIG.whereAre(work)).allMatch(place -> place.startsWith("WAITING " + kind));
    }

    @Test
    void aCallForSeveralThatNeverEndsIsMadeForFewer() {
        Sync sync = sync("slow");
        Work work = RIG.work(sync, Work.Kind.PUSH, 4);
        List<Integer> together = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RIG.fail(work, RIG.intended(work), Fault.HUNG_UP.at(Work.Kind.PUSH));
            List<Long> ids = work.ids();
            together.add(
                    RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(ids)).getOrDefault(ids.get(0), 4));
            RIG.wait(Duration.ofHours(1));
            work = RIG.due(sync, Work.Kind.PUSH);
        }

        assertThat(together).containsExactly(4, 2, 1);
        assertThat(order(work)).as("and is looked for first").allMatch(Target::unanswered);
    }

    @Test
    void oneThatIsRefusedAloneIsToBlame() {
        Work work = RIG.work(sync("blamed"), Work.Kind.PUSH, 1);

        RIG.fail(work, RIG.intended(work), Fault.REFUSED.at(Work.Kind.PUSH));

        assertThat(RIG.whereAre(work)).containsExactly("DEAD PUSH COMMAND_FAILED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NOT_SENT", "THROTTLED", "BAD_CREDENTIALS", "HUNG_UP", "SERVER_ERROR"})
    void whatIsNoDevicesFaultMakesNoGroupSmaller(Fault fault) {
        Sync sync = sync("well");
        Work work = RIG.work(sync, Work.Kind.PUSH, 4);

        RIG.fail(work, RIG.intended(work), fault.at(Work.Kind.PUSH));

        assertThat(RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(work.ids())))
                .isEmpty();
    }

    @Test
    void aRefusedQuestionForSeveralDevicesIsAskedAgainForFewer() {
        Work work = RIG.work(sync("asked"), Work.Kind.CONFIRM, 2);

        RIG.fail(work, null, Fault.REFUSED.at(Work.Kind.CONFIRM));

        assertThat(RIG.whereAre(work)).containsOnly("WAITING CONFIRM OTHER");
        assertThat(RIG.in(() -> RIG.bean(DueDevices.class).pushedTogether(work.ids())))
                .containsValue(1);
    }

    @Test
    void aTenantThatRefusesGroupsInARowGetsOneDeviceACallForADay() {
        Sync sync = sync("no-groups");
        Sync other = RIG.sync("mdm.base-url", "https://no-groups.example.com", "celona.customer-id", "104243");
        CallSizes sizes = RIG.bean(CallSizes.class);
        assertThat(sizes.size(sync, 50)).as("two at first").isEqualTo(2);
        assertThat(sizes.isTried(sync, 50)).isTrue();
        for (int i = 0; i < 3; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            RIG.fail(work, RIG.intended(work), Fault.REFUSED.at(Work.Kind.PUSH));
        }

        assertThat(sizes.size(sync, 50)).isEqualTo(1);
        assertThat(sizes.isTried(sync, 50)).isFalse();
        assertThat(sizes.size(other, 50)).as("another sync of the tenant").isEqualTo(1);

        RIG.wait(Duration.ofDays(1));
        assertThat(sizes.size(sync, 50)).as("it is tried again").isEqualTo(2);
    }

    @Test
    void aTenantThatTakesOneGroupTakesTheNumberOfTheSetting() {
        Sync sync = sync("takes-groups");
        CallSizes sizes = RIG.bean(CallSizes.class);
        for (int i = 0; i < 2; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            RIG.fail(work, RIG.intended(work), Fault.REFUSED.at(Work.Kind.PUSH));
        }
        RIG.wait(Duration.ofSeconds(1));
        Work work = RIG.work(sync, Work.Kind.PUSH, 2);
        answer(work, intended(work), GroupPushTests::sent);

        assertThat(sizes.size(sync, 50)).isEqualTo(50);
        assertThat(sizes.size(sync, 1)).isEqualTo(1);
    }

    @Test
    void refusedGroupsThatADeviceRefusedAloneExplainsSayNothingOfATenantThatTakesThem() {
        Sync sync = sync("some-bad");
        CallSizes sizes = RIG.bean(CallSizes.class);
        Work good = RIG.work(sync, Work.Kind.PUSH, 2);
        answer(good, intended(good), GroupPushTests::sent);
        for (int i = 0; i < 3; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 3);
            RIG.fail(work, RIG.intended(work), Fault.REFUSED.at(Work.Kind.PUSH));
        }
        assertThat(sizes.size(sync, 50))
                .as("until one of them is known to be to blame")
                .isEqualTo(1);

        Work bad = RIG.work(sync, Work.Kind.PUSH, 1);
        RIG.fail(bad, RIG.intended(bad), Fault.REFUSED.at(Work.Kind.PUSH));

        assertThat(sizes.size(sync, 50)).isEqualTo(50);
    }

    @Test
    void aDeviceRefusedAloneDoesNotMakeATenantTakeGroupsThatItNeverTook() {
        Sync sync = sync("never");
        CallSizes sizes = RIG.bean(CallSizes.class);
        for (int i = 0; i < 3; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            RIG.fail(work, RIG.intended(work), Fault.REFUSED.at(Work.Kind.PUSH));
        }
        Work bad = RIG.work(sync, Work.Kind.PUSH, 1);
        RIG.fail(bad, RIG.intended(bad), Fault.REFUSED.at(Work.Kind.PUSH));

        assertThat(sizes.size(sync, 50)).isEqualTo(1);
    }

    @Test
    void answersThatTellNothingCountLikeRefusals() {
        Sync sync = sync("tells-nothing");
        for (int i = 0; i < 3; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            answer(work, intended(work), GroupPushTests::unlisted);
        }

        assertThat(RIG.bean(CallSizes.class).size(sync, 50)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "gateway"})
    void anOutageSaysNothingOfWhatATenantTakes(String fault) {
        Sync sync = sync("out-" + fault);
        CallSizes sizes = RIG.bean(CallSizes.class);
        for (int i = 0; i < 4; i++) {
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            RIG.fail(work, RIG.intended(work), outage(fault));
        }
        assertThat(sizes.size(sync, 50)).isEqualTo(2);

        for (int i = 0; i < 3; i++) {
            Work alone = RIG.work(sync, Work.Kind.PUSH, 1);
            answer(alone, intended(alone), GroupPushTests::sent);
        }

        assertThat(sizes.size(sync, 50)).as("once it is over").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "gateway"})
    void aTenantThatFailsWithGroupsAndTakesSingleDevicesInBetweenTakesNoGroups(String fault) {
        Sync sync = sync("never-" + fault);
        CallSizes sizes = RIG.bean(CallSizes.class);
        for (int i = 0; i < 3; i++) {
            assertThat(sizes.size(sync, 50)).isEqualTo(2);
            Work work = RIG.work(sync, Work.Kind.PUSH, 2);
            RIG.fail(work, RIG.intended(work), outage(fault));
            Work alone = RIG.work(sync, Work.Kind.PUSH, 1);
            answer(alone, intended(alone), GroupPushTests::sent);
        }

        assertThat(sizes.size(sync, 50)).isEqualTo(1);
    }

    private static Exception outage(String fault) {
        return fault.equals("500")
                ? Fault.answer(500, "{\"httpStatus\":500,\"errors\":[]}")
                : Fault.GATEWAY.at(Work.Kind.PUSH);
    }

    @Test
    void devicesOfOneCallThatWereTriedMoreOftenEndAlone() {
        Sync sync = RIG.sync("retry.attempts", "3", "mdm.base-url", "https://tired.example.com");
        Work work = RIG.work(sync, Work.Kind.PUSH, 1);
        for (int i = 0; i < 2; i++) {
            RIG.fail(work, RIG.intended(work), Fault.HUNG_UP.at(Work.Kind.PUSH));
            RIG.wait(Duration.ofHours(1));
            work = RIG.due(sync, Work.Kind.PUSH);
        }
        putBack(work);
        Work both = RIG.work(sync, Work.Kind.PUSH, 1);
        assertThat(both.devices()).hasSize(2);

        RIG.fail(both, RIG.intended(both), Fault.HUNG_UP.at(Work.Kind.PUSH));

        assertThat(RIG.whereAre(both)).containsExactly("DEAD PUSH RETRIES_EXHAUSTED", "WAITING PUSH UNREACHABLE");
    }
}
