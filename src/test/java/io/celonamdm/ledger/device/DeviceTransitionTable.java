package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.Place;
import io.celonamdm.esim.Position;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeviceFacts.Reached;
import io.celonamdm.ledger.device.Redrives.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The start and end states of each of the {@link DeviceTransitions}; from any other state, it changes nothing. */
final class DeviceTransitionTable {
    static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");
    static final String SYNC = "warehouse";
    static final SyncName NAME = new SyncName(SYNC);
    static final String EID = "89049032123451234512345678901235";
    static final Iccid ICCID = Iccid.of("8910500000000000001");
    static final long ID = 1;

    /** A mark in front of columns: the inventory shows the device. */
    static final String SHOWN = "SHOWN";

    /** The same: the device was enrolled anew. */
    static final String RE_ENROLLED = "RE_ENROLLED";

    private static final String SMDP = "smdp_host = 'rsp.go-esim.com'";
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final Instant DEADLINE = NOW.plus(Duration.ofDays(7));
    private static final List<Long> IDS = List.of(ID);
    private static final Open LETTER = new Open(ID, ID, new Eid(EID), Step.PUSH, ReasonCode.OTHER, "", 0, NOW);

    private DeviceTransitionTable() {}

    private static Device device() {
        return new Device(
                ID,
                NAME,
                new Eid(EID),
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Device.Signs(null, false, false, null, false, false, null, null),
                null,
                MdmDevice.builder("1").managementId("m").build());
    }

    /** All positions that a device can have. */
    static Stream<Position> positions() {
        return Stream.of(Place.values())
                .flatMap(place -> place.hasStep()
                        ? Stream.of(Step.values()).map(step -> new Position(place, step))
                        : Stream.of(new Position(place, null)));
    }

    /**
     * A transition.
     *
     * @param name its name, and what is special about the devices
     * @param columns what the devices have beside their state
     * @param change the transition
     * @param ways where it leads from where, a line each: "places at steps -> place at step"; "=" is the same step
     */
    record Transition(
            String name, String columns, BiConsumer<DeviceTransitions, DeviceState> change, List<String> ways) {
        /** The method's name. */
        String method() {
            return name.split("[ (]", 2)[0];
        }

        @Nullable
        Position expected(Position from) {
            for (String way : ways) {
                String[] ends = way.split(" -> ", 2);
                String[] before = ends[0].split(" at ", 2);
                boolean matches = Set.of(before[0].split(" or ", -1))
                                .contains(from.place().name())
                        && (before.length == 1
                                || Set.of(before[1].split(" or ", -1)).contains(from.shownStep()));
                if (matches) {
                    String[] after = ends[1].split(" at ", 2);
                    String step = after[after.length - 1];
                    return Position.of(Place.valueOf(after[0]), "=".equals(step) ? from.shownStep() : step);
                }
            }
            return null;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Transition transition(
            String name, String columns, BiConsumer<DeviceTransitions, DeviceState> change, String... ways) {
        return new Transition(name, columns, change, List.of(ways));
    }

    private static final String UNDER_WAY = "WAITING or IN_FLIGHT";
    private static final String ON_THE_WAY = "PUSH or ACTIVATE or CONFIRM";
    private static final String ANY = "ASSIGN or AWAIT or " + ON_THE_WAY;

    static List<Transition> transitions() {
        List<Transition> all = new ArrayList<>();
        all.add(transition(
                "admit",
                "",
                (t, seen) -> t.admit(NAME, "c", new Eid(EID), false, 1, null),
                "HELD at ASSIGN -> WAITING at ASSIGN"));
        all.add(transition(
                "holdBack",
                "",
                (t, seen) -> t.holdBack(NAME, "c", new Eid(EID), false, 1, ReasonCode.MAX_NEW, "too many"),
                "HELD at ASSIGN -> HELD at ASSIGN"));
        all.add(transition(
                "holdGone (not shown)", "", (t, seen) -> t.holdGone(NAME), "WAITING at " + ANY + " -> HELD at ="));
        all.add(transition("holdGone (shown)", SHOWN, (t, seen) -> t.holdGone(NAME)));
        for (String code : List.of(
                "GONE",
                "AWAITS_ENROLMENT",
                "LOCK_REQUIRED",
                "SIMLOCK_UNSUPPORTED",
                "NO_GROUP",
                "OUT_OF_SCOPE",
                "HELD_BY_OPERATOR")) {
            String[] ways = switch (code) {
                case "GONE", "LOCK_REQUIRED", "SIMLOCK_UNSUPPORTED" ->
                    new String[] {"HELD at " + ANY + " -> WAITING at ="};
                case "NO_GROUP" -> new String[] {"HELD at AWAIT or " + ON_THE_WAY + " -> WAITING at ="};
                default -> new String[0];
            };
            all.add(transition(
                    "releaseReturned (shown, %s)".formatted(code),
                    SHOWN + "code = '%s'".formatted(code),
                    (t, seen) -> t.releaseReturned(NAME),
                    ways));
            all.add(transition(
                    "releaseEnrolled (%s)".formatted(code),
                    "code = '%s'".formatted(code),
                    (t, seen) -> t.releaseEnrolled(NAME),
                    "AWAITS_ENROLMENT".equals(code)
                            ? new String[] {"HELD at " + ANY + " -> WAITING at ="}
                            : new String[0]));
            all.add(transition(
                    "releaseInScope (%s)".formatted(code),
                    "code = '%s'".formatted(code),
                    (t, seen) -> t.releaseInScope(IDS),
                    "OUT_OF_SCOPE".equals(code)
                            ? new String[] {"HELD at " + ANY + " -> WAITING at ="}
                            : new String[0]));
        }
        all.add(transition("releaseReturned (not shown)", "code = 'GONE'", (t, seen) -> t.releaseReturned(NAME)));

        all.add(transition(
                "releaseQuarantined",
                "code = 'FORBIDDEN', due_at = due_at + interval '1' hour",
                (t, seen) -> t.releaseQuarantined(NAME, ReasonCode.FORBIDDEN),
                "WAITING at " + ANY + " -> WAITING at ="));
        all.add(transition(
                "releaseQuarantined (another failure)",
                "code = 'VENDOR_ERROR', due_at = due_at + interval '1' hour",
                (t, seen) -> t.releaseQuarantined(NAME, ReasonCode.FORBIDDEN)));

        all.add(transition("take", "", (t, seen) -> t.take(NAME, IDS, 1L), "WAITING at " + ANY + " -> IN_FLIGHT at ="));
        all.add(transition(
                "take (after another sync has taken it over)",
                "",
                (t, seen) -> t.take(new SyncName("former"), IDS, 1L)));
        all.add(transition("putBack", "", (t, seen) -> t.putBack(IDS), "IN_FLIGHT at " + ANY + " -> WAITING at ="));
        all.add(transition("resume", "", (t, seen) -> t.resume(IDS), "IN_FLIGHT at " + ANY + " -> WAITING at ="));
        all.add(transition("settleLeft (of another attempt)", "", (t, seen) -> t.settleLeft(ID, Step.PUSH, 2, LATER)));
        for (Step step : Step.values()) {
            all.add(transition(
                    "settleLeft (%s)".formatted(step),
                    "",
                    (t, seen) -> t.settleLeft(ID, step, 3, LATER),
                    "IN_FLIGHT at %s -> WAITING at %s".formatted(step, step)));
            all.add(transition(
                    "settleLeft (assign-eid was sent, %s)".formatted(step),
                    "journal_id = 1",
                    (t, seen) -> t.settleLeft(ID, step, 3, LATER),
                    "IN_FLIGHT at %s -> IN_DOUBT at %s".formatted(step, step)));
            String same = "%s at %s -> WAITING at %s".formatted(UNDER_WAY, step, step);
            all.add(transition(
                    "retry (%s)".formatted(step),
                    "",
                    (t, seen) -> t.retry(IDS, step, LATER, ReasonCode.VENDOR_ERROR, "502", false),
                    step == Step.PUSH ? "%s at %s -> WAITING at PUSH".formatted(UNDER_WAY, ON_THE_WAY) : same));
            all.add(transition(
                    "endDoubt (%s)".formatted(step),
                    "",
                    (t, seen) -> t.endDoubt(ID, false, step, "r", ICCID, null, null),
                    "IN_DOUBT at %s -> WAITING at %s".formatted(ANY, step)));
            all.add(transition(
                    "requeue (%s)".formatted(step),
                    "",
                    (t, seen) -> t.requeue(LETTER, step, LATER, DEADLINE),
                    "DEAD at %s -> WAITING at %s".formatted(ANY, step)));
        }
        all.add(transition(
                "endDoubt (probed)",
                "iccid = null",
                (t, seen) -> t.endDoubt(ID, false, Step.AWAIT, "r", null, null, DEADLINE),
                "WAITING at PUSH -> WAITING at AWAIT",
                "IN_DOUBT at " + ANY + " -> WAITING at AWAIT"));
        all.add(transition(
                "endDoubt (given up)",
                "code = 'GIVEN_UP'",
                (t, seen) -> t.endDoubt(ID, true, Step.ASSIGN, null, null, null, null),
                "DEAD at " + ANY + " -> WAITING at ASSIGN"));
        all.add(transition(
                "hold",
                "",
                (t, seen) -> t.hold(IDS, ReasonCode.NO_GROUP, "no rule"),
                UNDER_WAY + " at " + ANY + " -> HELD at ="));
        all.add(transition(
                "putInDoubt",
                "",
                (t, seen) -> t.putInDoubt(IDS, ReasonCode.ASSIGN_IN_DOUBT, "no answer"),
                UNDER_WAY + " at " + ANY + " -> IN_DOUBT at ="));
        all.add(transition(
                "die",
                "",
                (t, seen) -> t.die(IDS, ReasonCode.OTHER, "no", null),
                UNDER_WAY + " or IN_DOUBT at " + ANY + " -> DEAD at ="));

        all.add(transition(
                "await",
                "",
                (t, seen) -> t.await(IDS, "r", null, LATER, DEADLINE),
                UNDER_WAY + " at ASSIGN -> WAITING at AWAIT"));
        all.add(transition(
                "assign", "", (t, seen) -> t.assign(Map.of(ID, ICCID)), UNDER_WAY + " at AWAIT -> WAITING at PUSH"));
        all.add(transition(
                "waitForStock (it was refused)",
                "",
                (t, seen) -> t.waitForStock(new SyncName("another"), IDS, 1, LATER, "no eSIM"),
                UNDER_WAY + " at ASSIGN or AWAIT -> WAITING at ASSIGN"));
        all.add(transition(
                "waitForStock (another was refused)",
                "",
                (t, seen) -> t.waitForStock(NAME, List.of(0L), 1, LATER, "no eSIM"),
                "WAITING at ASSIGN -> WAITING at ASSIGN"));
        all.add(transition(
                "restocked",
                "code = 'POOL_EXHAUSTED', due_at = due_at + interval '1' day",
                (t, seen) -> t.restocked(NAME),
                "WAITING at ASSIGN -> WAITING at ASSIGN"));
        all.add(transition("restocked (others)", "code = 'VENDOR_ERROR'", (t, seen) -> t.restocked(NAME)));
        all.add(transition(
                "resend",
                "",
                (t, seen) -> t.resend(new BatchPart(1, "0"), IDS),
                UNDER_WAY + " at " + ANY + " -> WAITING at ="));

        all.add(transition(
                "activate",
                "",
                (t, seen) -> t.activate(IDS, true, LATER),
                UNDER_WAY + " at PUSH -> WAITING at ACTIVATE"));
        all.add(transition(
                "activate (a command was just sent)",
                "",
                (t, seen) -> t.activate(List.of(device()), Map.of(ID, "command"), DEADLINE, LATER),
                UNDER_WAY + " at PUSH -> WAITING at ACTIVATE"));
        all.add(transition(
                "regroup",
                "",
                (t, seen) -> t.regroup(ID, LATER, ReasonCode.ALREADY_ACTIVE),
                UNDER_WAY + " at ACTIVATE -> WAITING at ACTIVATE"));
        all.add(transition(
                "confirm",
                "",
                (t, seen) -> t.confirm(IDS, true, LATER, DEADLINE, true, Reached.NOTHING, null),
                "%s at %s -> WAITING at CONFIRM".formatted(UNDER_WAY, ON_THE_WAY)));
        all.add(transition(
                "finish",
                "",
                (t, seen) -> t.finish(IDS, true, new Reached(true, true), null),
                "%s at %s -> DONE".formatted(UNDER_WAY, ON_THE_WAY)));
        all.add(transition(
                "sighted (something is left to do)",
                "activated_at = null",
                (t, seen) -> t.sighted(IDS, OpCode.ACTIVATE),
                "WAITING at " + ON_THE_WAY + " -> WAITING at ACTIVATE"));
        all.add(transition(
                "sighted (active)",
                "activated_at = created_at",
                (t, seen) -> t.sighted(IDS, OpCode.ACTIVATE),
                "WAITING at " + ON_THE_WAY + " -> WAITING at CONFIRM"));
        all.add(transition(
                "pushAfterEnrolment",
                "pushed_at = created_at",
                (t, seen) -> t.pushAfterEnrolment(IDS),
                "WAITING at " + ON_THE_WAY + " -> WAITING at PUSH",
                "HELD at " + ON_THE_WAY + " -> HELD at PUSH",
                "DEAD at " + ON_THE_WAY + " -> DEAD at PUSH"));
        all.add(transition("pushAfterEnrolment (not pushed to)", "", (t, seen) -> t.pushAfterEnrolment(IDS)));
        all.add(transition(
                "probed (request unknown)",
                "iccid = null",
                (t, seen) -> t.probed(IDS, "told"),
                UNDER_WAY + " at PUSH -> IN_DOUBT at ASSIGN"));
        all.add(transition(
                "probed (request known)",
                "iccid = null, request_id = 'r'",
                (t, seen) -> t.probed(IDS, "told"),
                UNDER_WAY + " at PUSH -> IN_DOUBT at AWAIT"));
        all.add(transition("probed (with an eSIM)", "", (t, seen) -> t.probed(IDS, "told")));
        all.add(transition(
                "bringForward",
                "",
                (t, seen) -> t.bringForward(NAME, Duration.ofHours(1)),
                "WAITING at " + ANY + " -> WAITING at =",
                "IN_FLIGHT at " + ANY + " -> IN_FLIGHT at ="));
        all.add(transition(
                "pushReEnrolled", RE_ENROLLED + SMDP, (t, seen) -> t.pushReEnrolled(NAME), "DONE -> WAITING at PUSH"));
        all.add(transition("pushReEnrolled (no drift)", SMDP, (t, seen) -> t.pushReEnrolled(NAME)));
        all.addAll(byHand());
        return all;
    }

    /** What a person asks for, where {@link DeviceAction} lets it be asked for. */
    static List<Transition> byHand() {
        List<Transition> all = new ArrayList<>();
        all.add(byHand(
                DeviceAction.SYNC,
                "makeDue",
                "",
                (t, seen) -> t.makeDue(seen),
                "WAITING at " + ANY + " -> WAITING at ="));
        all.add(byHand(
                DeviceAction.PUSH,
                "pushAgain",
                SMDP,
                (t, seen) -> t.pushAgain(seen),
                "WAITING at " + ON_THE_WAY + " -> WAITING at PUSH",
                "DONE -> WAITING at PUSH"));
        all.add(byHand(DeviceAction.PUSH, "pushAgain (without an address)", "", (t, seen) -> t.pushAgain(seen)));
        for (Step step : List.of(Step.ACTIVATE, Step.CONFIRM)) {
            all.add(byHand(
                    DeviceAction.CONFIRM,
                    "confirmByHand (to %s)".formatted(step),
                    "activated_at = " + (step == Step.CONFIRM ? "created_at" : "null"),
                    (t, seen) -> t.confirmByHand(seen, OpCode.ACTIVATE, DEADLINE),
                    "WAITING or DEAD at " + ON_THE_WAY + " -> WAITING at " + step));
        }
        all.add(byHand(
                DeviceAction.HOLD,
                "holdByHand",
                "code = 'GONE'",
                (t, seen) -> t.holdByHand(seen, "why"),
                "WAITING or HELD at " + ANY + " -> HELD at ="));
        all.add(byHand(
                DeviceAction.HOLD,
                "holdByHand (of a newcomer)",
                "code = 'MAX_NEW'",
                (t, seen) -> t.holdByHand(seen, "why"),
                "WAITING at " + ANY + " -> HELD at ="));
        all.add(byHand(
                DeviceAction.RELEASE,
                "release",
                "code = 'HELD_BY_OPERATOR'",
                (t, seen) -> {
                    if (seen.place() != Place.RETIRED) {
                        t.release(seen);
                    }
                },
                "HELD at " + ANY + " -> WAITING at ="));
        all.add(byHand(
                DeviceAction.RELEASE,
                "startOver",
                "code = null",
                (t, seen) -> t.startOver(seen),
                "RETIRED -> HELD at ASSIGN"));
        all.add(byHand(
                DeviceAction.RETIRE,
                "retire",
                "",
                (t, seen) -> t.retire(seen),
                "WAITING or HELD or DEAD at " + ON_THE_WAY + " -> RETIRED",
                "DONE -> RETIRED"));
        return all;
    }

    private static Transition byHand(
            DeviceAction action,
            String name,
            String columns,
            BiConsumer<DeviceTransitions, DeviceState> change,
            String... ways) {
        return transition(
                name,
                columns,
                (t, seen) -> {
                    if (action.isPossible(seen)) {
                        change.accept(t, seen);
                    }
                },
                ways);
    }
}
