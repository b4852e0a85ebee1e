package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.process.KillPoint.Kind;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.jamf.MdmCommand;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Hold;
import io.celonamdm.simulator.web.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.byteman.agent.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights in which the process dies, all on one ledger: first at points in the code, then at random moments while the
 * vendors fail too. After each death the next process continues by itself, and the ledger is compared with the
 * vendors' actual state.
 *
 * <p>The build runs a selection; {@code mvn test -Pcrash} runs every point and more random moments. {@code
 * -Dcrash.seed} replays a random sequence, {@code -Dcrash.kills} sets the number of random kills, {@code
 * -Dcrash.minutes} the time after which no kill begins, and {@code -Dcrash.points} selects points by a regular
 * expression.
 */
@Slow
class CrashTest {
    private static final String SYNC = "warehouse";
    private static final String GROUP = "Field Crew";
    private static final int BATCH = 2;
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final boolean EVERY_POINT = Boolean.getBoolean("crash.every-point");
    private static final Pattern POINTS = Pattern.compile(System.getProperty("crash.points", ""));
    private static final int RANDOM_KILLS = Integer.getInteger("crash.kills", 0);
    private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("crash.minutes", 24 * 60));
    private static final int LONGEST_LIFE_MILLIS = 15_000;
    private static final long SEED = Long.getLong("crash.seed", 20_261_124L);

    /**
     * What the build takes of the points: what only a real death shows, which is the file of the ledger after it. The
     * intent of an assignment that Celona has processed must be in it, and an answer that is not committed must not.
     * Seeded nights die at every call and statement, within the JVM.
     */
    private static final Set<String> SELECTION =
            Set.of("ASSIGN: processed", "ASSIGN: the answer written, not committed");

    private final PhoneFleet fleet = new PhoneFleet(SEED);
    private final Simulation simulation = Simulation.start(fleet);
    private final Reckoning reckoning = new Reckoning(simulation);
    private final Random random = new Random(SEED);
    private final CrashReport report = new CrashReport(SEED);

    @TempDir
    Path folder;

    private final List<KillPoint> points = KillPoint.all().stream()
            .filter(point -> EVERY_POINT || SELECTION.contains(point.toString()))
            .filter(point -> POINTS.matcher(point.toString()).find())
            .toList();
    private Installation installation;
    private ConnectorProcess process;
    private int kills;

    @BeforeEach
    void install() {
        simulation.celona().stock(10_000);
        simulation.celona().settings().assignDelay(Duration.ofMillis(200)).deviceGroups(GROUP);
        simulation.jamf().settings().extensionAttribute("Celona SM-DP+ address");
        simulation.jamf().settings().extensionAttribute("Celona eSIM state");
        installation = new Installation(folder, "crash")
                .sync(SYNC, simulation)
                .set(SYNC, "mdm.push", "command,attribute")
                .set(SYNC, "device-groups[0].when.mdm-group", GROUP)
                .set(SYNC, "device-groups[0].group", GROUP)
                .set(SYNC, "celona.batch-size", String.valueOf(BATCH))
                .set(SYNC, "celona.max-concurrency", "1");
        process = installation.start(agent(points.get(0)));
    }

    @AfterEach
    void close() {
        process.close();
        simulation.close();
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwiceWheneverTheProcessDies() {
        for (int i = 0; i < points.size(); i++) {
            dieAt(points.get(i), i + 1 < points.size() ? agent(points.get(i + 1)) : List.of());
        }
        while (kills < RANDOM_KILLS && report.duration().compareTo(LONGEST) < 0) {
            dieSomewhere();
        }
        finish();
    }

    /** The process at hand dies there; the next one, which goes on, has the agent for the next point already. */
    private void dieAt(KillPoint point, List<String> agentOfNext) {
        boolean push = point.toString().startsWith("PUSH");
        // what an assignment in doubt has kept waiting is under way in the same night
        List<Phone> phones = phones(push ? BATCH : 2 * BATCH);
        phones.forEach(phone -> phone.behaviour().online(!push));
        arm(true);
        Optional<Hold> hold = point.hold(simulation);
        run();
        if (point.kind() == Kind.LIVE) {
            process.await("the lie", ARRIVAL, () -> Files.exists(armed()), there -> !there);
            process.await(
                    "commands",
                    ARRIVAL,
                    () -> !push || phones.stream().allMatch(this::isCommanded),
                    Boolean::booleanValue);
            phones.forEach(phone -> phone.behaviour().online(true));
            process.awaitClosed(SYNC, RECOVERY);
            process.kill();
        } else if (hold.isPresent()) {
            awaitArrival(point, hold.get());
            process.kill();
            hold.get().drop();
        } else {
            assertThat(process.awaitExit(ARRIVAL)).as("halted at %s", point).isEqualTo(255);
        }
        arm(false);
        Set<String> doubtful = look(point.toString());
        if (point.toString().startsWith("ASSIGN")) {
            assertThat(!doubtful.isEmpty()).as("in doubt after %s", point).isEqualTo(point.leavesDoubt());
        }
        int posts = simulation.celona().log().count("POST", "/assign-eid");
        boolean asleep = push && point.kind() != Kind.LIVE;
        goOn(point.toString(), doubtful, asleep ? phones : List.of(), agentOfNext);
        if (point.leavesDoubt()) {
            assertThat(simulation.celona().log().count("POST", "/assign-eid"))
                    .as("no further batch in the run of one in doubt")
                    .isEqualTo(posts);
        }
        if (push) {
            assertThat(phones)
                    .as("one command each, whenever the process died: %s", point)
                    .allSatisfy(phone ->
                            assertThat(simulation.jamf().commands(phone)).hasSize(1));
        }
    }

    private void dieSomewhere() {
        phones(1 + random.nextInt(2 * BATCH));
        int faults = random.nextInt(4);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < faults; i++) {
            told.add(RandomFault.next(random).arm(simulation));
        }
        int before = requests();
        int after = 1 + random.nextInt(40);
        run();
        process.await(
                "request " + after,
                RECOVERY,
                () -> requests() - before >= after || !process.sync(SYNC).hasNonNull("openRun"),
                Boolean::booleanValue);
        process.kill();
        kills++;
        simulation.celona().faults().clear();
        simulation.jamf().faults().clear();
        String what = "random %d: request %d, %s".formatted(kills, after, told.isEmpty() ? "no faults" : told);
        Set<String> doubtful = look(what);
        while (random.nextBoolean() && kills < RANDOM_KILLS) {
            report.add(what, doubtful.size());
            int life = 1 + random.nextInt(LONGEST_LIFE_MILLIS);
            process = installation.launch(List.of());
            process.live(Duration.ofMillis(life));
            process.kill();
            kills++;
            what = "random %d: again, after %.1f s of starting and going on".formatted(kills, life / 1000.0);
            doubtful = look(what);
        }
        goOn(what, doubtful, List.of(), List.of());
    }

    /** Looks at the ledger that the dead process has left. */
    private Set<String> look(String what) {
        try (Ledger ledger = installation.ledger()) {
            return reckoning.atAnyMoment(ledger);
        } catch (AssertionError e) {
            throw failure(what, e);
        }
    }

    /** Another process goes on by itself until the night is over. */
    private void goOn(String what, Set<String> doubtful, List<Phone> asleep, List<String> options) {
        long begin = System.nanoTime();
        Instant death = Instant.now();
        process = installation.start(options);
        if (!asleep.isEmpty()) {
            // one that answers before it is asked about has no active command any more, and is sent another
            process.await(
                    "commands",
                    RECOVERY,
                    () -> asleep.stream().allMatch(phone -> isCommanded(phone) && isAskedAbout(phone, death)),
                    Boolean::booleanValue);
            asleep.forEach(phone -> phone.behaviour().online(true));
        }
        process.awaitClosed(SYNC, RECOVERY);
        report.add(what, doubtful.size(), Duration.ofNanos(System.nanoTime() - begin));
        JsonNode sync = process.sync(SYNC);
        assertThat(sync.at("/devices/IN_FLIGHT").asInt())
                .as("in flight after %s", what)
                .isZero();
        assertThat(sync.path("waiting").fieldNames())
                .toIterable()
                .as("still to be done after the night of %s: what an assignment in doubt keeps waiting", what)
                .isSubsetOf("ASSIGN");
    }

    /** A last night without any trouble. */
    private void finish() {
        run();
        process.awaitClosed(SYNC, RECOVERY);
        process.stop();
        try (Ledger ledger = installation.ledger()) {
            reckoning.atTheEnd(ledger, GROUP);
            report.end(fleet.eids().size(), ledger.places().toString());
        }
    }

    private AssertionError failure(String what, AssertionError cause) {
        return new AssertionError(
                "seed %d, after %s: %s%s".formatted(SEED, what, cause.getMessage(), process.tail()), cause);
    }

    private void awaitArrival(KillPoint point, Hold hold) {
        try {
            hold.awaitArrival(ARRIVAL);
        } catch (AssertionError e) {
            throw failure(point.toString(), e);
        }
    }

    private void run() {
        assertThat(process.run(SYNC)).isEqualTo(202);
    }

    private boolean isCommanded(Phone phone) {
        return !simulation.jamf().commands(phone).isEmpty();
    }

    /** Whether Jamf Pro has told about the phone's commands since then. */
    private boolean isAskedAbout(Phone phone, Instant since) {
        Stream<String> names = Stream.concat(
                Stream.of(phone.managementId()),
                simulation.jamf().commands(phone).stream().map(MdmCommand::uuid));
        List<String> asked = simulation.jamf().log().of("GET", "/mdm/commands").stream()
                .filter(LoggedRequest::over)
                .map(LoggedRequest::request)
                .filter(request -> request.time().isAfter(since))
                .map(request -> request.query("filter").orElse(""))
                .toList();
        return names.anyMatch(name -> asked.stream().anyMatch(filter -> filter.contains(name)));
    }

    private int requests() {
        return simulation.celona().log().all().size()
                + simulation.jamf().log().all().size();
    }

    private List<Phone> phones(int count) {
        return Stream.generate(() -> fleet.add("Phone " + (fleet.phones().size() + 1)))
                .limit(count)
                .map(phone -> phone.join(GROUP))
                .toList();
    }

    private List<String> agent(KillPoint point) {
        if (point.script().isEmpty()) {
            return List.of();
        }
        try {
            Path script = Files.writeString(folder.resolve("kill-point.btm"), point.script());
            String jar = Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return List.of("-javaagent:" + jar + "=script:" + script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path armed() {
        return folder.resolve("armed");
    }

    private void arm(boolean on) {
        try {
            if (on) {
                Files.writeString(armed(), "");
            } else {
                Files.deleteIfExists(armed());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
