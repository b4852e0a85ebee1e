package io.celonamdm.process;

import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.planning.Planner;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Hold;
import io.celonamdm.work.Activation;
import io.celonamdm.work.Assignment;
import io.celonamdm.work.Awaiting;
import io.celonamdm.work.Pulls;
import io.celonamdm.work.Pushing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A moment at which a process dies: inside the process, a line of code at which Byteman halts the JVM; on the way to a
 * vendor, a request that a simulator holds while the process is killed from outside.
 */
final class KillPoint {
    private static final String COMMIT = """
            RULE %s
            CLASS org.springframework.jdbc.datasource.DataSourceTransactionManager
            METHOD doCommit
            AT %s
            BIND armed : java.io.File = new java.io.File("armed")
            IF flagged(Thread.currentThread())
            DO clear(Thread.currentThread()); %s
            ENDRULE
            """;

    private final String name;
    private final Kind kind;
    private final boolean leavesDoubt;
    private final String script;
    private final Function<Simulation, Optional<Hold>> hold;

    /** How the process comes to its end. */
    enum Kind {
        /** It halts itself, as if killed at exactly this line. */
        HALT,
        /** It is killed while a simulator holds its request. */
        KILL,
        /** It lives on, but is told that a commit failed which has happened. */
        LIVE
    }

    private KillPoint(
            String name, Kind kind, boolean leavesDoubt, String script, Function<Simulation, Optional<Hold>> hold) {
        this.name = name;
        this.kind = kind;
        this.leavesDoubt = leavesDoubt;
        this.script = script;
        this.hold = hold;
    }

    /** Every point, in the order of a device's way. */
    static List<KillPoint> all() {
        List<KillPoint> points = new ArrayList<>();
        points.add(at("pull: a page has come", Pulls.class, "page", "EXIT"));
        points.addAll(commits("plan", Planner.class, "plan", "the plan", false, false));
        step(points, "ASSIGN", Assignment.class, "POST", "/assign-eid", true);
        points.add(held("AWAIT: asked", "GET", "/eid-status", Hold.Point.BEFORE_PROCESSING, false));
        points.add(at("AWAIT: answer read", Awaiting.class, "answered", "ENTRY"));
        points.addAll(commits("AWAIT", Awaiting.class, "answered", "the answer", false, false));
        step(points, "PUSH", Pushing.class, "POST", "/mdm/commands", false);
        step(points, "ACTIVATE", Activation.class, "POST", "/activation-from-file", false);
        points.add(held("follow-up: sent", "PATCH", "/mobile-devices", Hold.Point.BEFORE_PROCESSING, false));
        points.add(held("follow-up: processed", "PATCH", "/mobile-devices", Hold.Point.AFTER_PROCESSING, false));
        points.addAll(commits("follow-up", FollowUps.class, "done", "the answer", false, false));
        return points;
    }

    private static void step(
            List<KillPoint> points, String step, Class<?> type, String method, String path, boolean once) {
        points.add(at(step + ": before the intent", type, "intend", "ENTRY"));
        // an assignment whose intent is committed is in doubt until its answer is
        points.addAll(commits(step, type, "intend", "the intent", false, once));
        points.add(held(step + ": sent", method, path, Hold.Point.BEFORE_PROCESSING, once));
        points.add(held(step + ": processed", method, path, Hold.Point.AFTER_PROCESSING, once));
        KillPoint read = at(step + ": answer read", type, "answered", "ENTRY");
        points.add(new KillPoint(read.name, read.kind, once, read.script, read.hold));
        points.addAll(commits(step, type, "answered", "the answer", once, false));
    }

    /** Around the commit of what a method has written. */
    private static List<KillPoint> commits(
            String step, Class<?> type, String method, String what, boolean doubtBefore, boolean doubtAfter) {
        String mark = rule("mark", type, method, "EXIT", "flag(Thread.currentThread())");
        return List.of(
                new KillPoint(
                        step + ": " + what + " written, not committed",
                        Kind.HALT,
                        doubtBefore,
                        mark + COMMIT.formatted("die", "ENTRY", "killJVM()"),
                        KillPoint::none),
                new KillPoint(
                        step + ": " + what + " committed",
                        Kind.HALT,
                        doubtAfter,
                        mark + COMMIT.formatted("die", "EXIT", "killJVM()"),
                        KillPoint::none),
                new KillPoint(
                        step + ": " + what + " committed, but reported as failed",
                        Kind.LIVE,
                        false,
                        mark
                                + COMMIT.formatted(
                                        "lie",
                                        "EXIT",
                                        "armed.delete(); throw new"
                                                + " org.springframework.transaction.TransactionSystemException(\"connection lost\")"),
                        KillPoint::none));
    }

    private static KillPoint at(String name, Class<?> type, String method, String where) {
        return new KillPoint(name, Kind.HALT, false, rule("die", type, method, where, "killJVM()"), KillPoint::none);
    }

    private static KillPoint held(String name, String method, String path, Hold.Point point, boolean doubt) {
        return new KillPoint(name, Kind.KILL, doubt, "", simulation -> {
            boolean celona = !path.startsWith("/m");
            Faults faults =
                    celona ? simulation.celona().faults() : simulation.jamf().faults();
            return Optional.of(faults.hold(method, path, point));
        });
    }

    /** Only once the file "armed" is there, so that an earlier night is finished first. */
    private static String rule(String name, Class<?> type, String method, String where, String action) {
        return """
                RULE %s
                CLASS %s
                METHOD %s
                AT %s
                BIND armed : java.io.File = new java.io.File("armed")
                IF armed.exists()
                DO %s
                ENDRULE
                """.formatted(name, type.getName(), method, where, action);
    }

    private static Optional<Hold> none(Simulation simulation) {
        return Optional.empty();
    }

    /** How the process comes to its end. */
    Kind kind() {
        return kind;
    }

    /** Whether the devices under way are in doubt afterwards. */
    boolean leavesDoubt() {
        return leavesDoubt;
    }

    /** What Byteman is told, or nothing. */
    String script() {
        return script;
    }

    /** Has a simulator hold the request at which the process is killed, if that is the point. */
    Optional<Hold> hold(Simulation simulation) {
        return hold.apply(simulation);
    }

    @Override
    public String toString() {
        return name;
    }
}
