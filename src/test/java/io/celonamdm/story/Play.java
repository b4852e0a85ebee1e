package io.celonamdm.story;

import io.celonamdm.story.world.Phone;
import io.celonamdm.story.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.core.NestedRuntimeException;

/** Plays one story on the connector, in virtual time. */
final class Play {
    static final Instant BEGINNING = Instant.parse("2027-03-01T00:00:00Z");
    /** Healthy nights at the end. */
    static final int RECOVERY = 4;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** When people are told after something happened. */
    private static final Duration TELLS = Duration.ofMinutes(5);
    /** When what could not be told is told again. */
    private static final Duration AGAIN = Duration.ofHours(1);
    /** Nothing of the connector takes that long to be taken up. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    /** After which a process that stands still is taken for dead by another one. */
    private static final Duration TAKES_OVER = Duration.ofSeconds(30);

    private static final LocalTime NIGHTLY = LocalTime.of(4, 30);

    private final Product product;
    final Replicas replicas;
    final Story story;
    final World world;
    final People people;
    private final Stage stage;
    private final Instant healsAt;
    private Instant ends;
    private final Deque<Event> timeline = new ArrayDeque<>();
    /** The syncs whose night has come. */
    private final Deque<String> nightly = new ArrayDeque<>();

    private final List<Runnable> afterwards = new ArrayList<>();
    private Instant nextNight;
    private @Nullable Instant sweepAt;
    private @Nullable Instant tellAt;
    private boolean healed;
    private int firings;

    Play(Product product, Story story) {
        this.product = product;
        this.story = story;
        this.stage = product.stage;
        replicas = new Replicas(
                story.settings().containsKey(Tenants.REPLICAS) ? List.of(product, product.other()) : List.of(product));
        stage.clock.begin(BEGINNING);
        world = new World(story.seed(), story.fleet(), story.tenants(), stage.clock);
        world.celona.provisionedWhenAssigned = story.provisionedWhenAssigned();
        world.windows = story.settings().containsKey(Tenants.PCS);
        world.celona.refusesBatch = story.refusesBatch();
        people = new People(replicas, world, story);
        healsAt = BEGINNING.plus(Duration.ofDays(story.nights()));
        ends = healsAt.plus(Duration.ofDays(RECOVERY)).plus(Duration.ofHours(1));
        story.events().stream()
                .filter(each -> each.at() == null)
                .sorted(Comparator.comparing(Event::minute))
                .forEach(timeline::add);
        nextNight = next(BEGINNING);
    }

    private static Instant next(Instant after) {
        Instant night = after.atOffset(ZoneOffset.UTC).with(NIGHTLY).toInstant();
        return night.isAfter(after) ? night : night.plus(Duration.ofDays(1));
    }

    /** Plays it to its end. */
    void play() throws Exception {
        stage.world = world;
        stage.heal();
        product.reset();
        for (Product each : replicas.all) {
            each.configure(story.tenants(), story.settings());
            each.clockWatch.look();
        }
        stage.begin(world, story, this::duringCall);
        while (true) {
            Instant next = nextTime();
            if (next.isAfter(ends)) {
                break;
            }
            if (next.isAfter(stage.clock.world().plus(QUIET))) {
                Stranded.look(product, world);
            }
            stage.clock.until(next);
            try {
                turn();
            } catch (Death e) {
                restartKilled();
            } catch (NestedRuntimeException e) {
                // the ledger failed under a timer, which comes again
                soon();
            }
        }
    }

    private void turn() throws Exception {
        goOn();
        replicas.look();
        replicas.finish(world, this::goOn);
        restartKilled();
        if (!stage.clock.instant().isBefore(nextNight)) {
            nextNight = next(stage.clock.instant());
            product.syncs().forEach(sync -> nightly.add(sync.name().value()));
        } else if (!nightly.isEmpty()) {
            fire(nightly.remove(), "the night");
        } else {
            TriggerKey trigger = product.triggers.fire(stage.clock.instant());
            if (trigger != null) {
                fire(trigger.getName(), trigger.getGroup());
            } else if (sweepAt != null && !sweepAt.isAfter(stage.clock.world())) {
                sweepAt = null;
                minute();
            } else if (tellAt != null && !tellAt.isAfter(stage.clock.world())) {
                tellAt = null;
                run("notify");
                if (product.isAnythingToTell()) {
                    tellAt = earlier(stage.clock.world().plus(AGAIN), tellAt);
                }
            }
        }
    }

    private Instant nextTime() {
        if (!nightly.isEmpty()) {
            return stage.clock.world();
        }
        Instant next = stage.clock.worldTime(nextNight);
        Instant trigger = product.triggers.next().map(stage.clock::worldTime).orElse(Instant.MAX);
        next = earlier(next, trigger);
        next = earlier(next, sweepAt);
        next = earlier(next, tellAt);
        next = earlier(next, replicas.goesOn());
        if (!timeline.isEmpty()) {
            next = earlier(
                    next, BEGINNING.plus(Duration.ofMinutes(timeline.peek().minute())));
        }
        if (!healed) {
            next = earlier(next, healsAt);
        }
        return next;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    /** Lets the world happen up to now. */
    private void goOn() {
        world.goOn();
        Instant now = stage.clock.world();
        while (!timeline.isEmpty()
                && !BEGINNING.plus(Duration.ofMinutes(timeline.peek().minute())).isAfter(now)) {
            Event event = timeline.remove();
            stage.coverage.reached(event);
            try {
                happen(event);
            } catch (NestedRuntimeException e) {
                // the ledger failed under a person, who learns of it
                soon();
            }
        }
        if (!healed && !healsAt.isAfter(now)) {
            healed = true;
            // a clock that was set back has its nights later
            ends = ends.plus(Duration.between(earlier(stage.clock.instant(), now), now));
            stage.heal();
            replicas.thaw();
            Happenings.heal(world);
            for (int i = 0; i < story.tenants().size(); i++) {
                people.decide(Event.at(0, Event.What.RESUME, i));
            }
            soon();
        }
        List<Runnable> later;
        synchronized (afterwards) {
            later = List.copyOf(afterwards);
            afterwards.clear();
        }
        later.forEach(Runnable::run);
    }

    /** Whether a phone was enrolled on the last day, and so is known from a look alone. */
    boolean cameByDay(Phone phone) {
        return phone.enrolled.isAfter(ends.minus(Duration.ofDays(1)));
    }

    /** Has the sweep run within a minute, which firings in between do not put off. */
    private void soon() {
        sweepAt = earlier(stage.clock.world().plus(MINUTE), sweepAt);
        tellAt = earlier(stage.clock.world().plus(TELLS), tellAt);
    }

    private void happen(Event event) {
        if (event.what().compareTo(Event.What.APPROVE) >= 0) {
            people.decide(event);
        } else {
            Happenings.happen(event, world, stage.clock);
        }
        soon();
    }

    /** What happens while a call is made, or the ledger is used. */
    private void duringCall(Event event) {
        if (event.what() == Event.What.DIES || event.what() == Event.What.DIES_AFTER) {
            replicas.current().lives.end();
        } else if (event.what() == Event.What.FREEZES) {
            replicas.freeze(event);
        } else if (event.what().compareTo(Event.What.APPROVE) >= 0) {
            Thread person = replicas.asked().lives.thread("person", () -> {
                Set<Integer> before = Set.copyOf(world.stops.keySet());
                people.decide(event);
                Map<Integer, World.Stop> since = new HashMap<>(world.stops);
                since.keySet().removeAll(before);
                // calls that have begun may end
                world.stops.keySet().removeAll(since.keySet());
                later(() -> world.stops.putAll(since));
            });
            person.start();
            try {
                person.join(TimeUnit.SECONDS.toMillis(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            Happenings.happen(event, world, stage.clock);
        }
    }

    private void later(Runnable action) {
        synchronized (afterwards) {
            afterwards.add(action);
        }
    }

    /** Runs a timer's route to its end. */
    private void run(String route) throws Exception {
        boolean standsStill = replicas.run(world, route, this::goOn);
        restartKilled();
        if (standsStill) {
            stage.clock.pass(TAKES_OVER);
            minute();
            soon();
        }
        goOn();
    }

    private void fire(String sync, String why) throws Exception {
        if (++firings > 600) {
            world.violation("TOO_MANY_FIRINGS", "more than 600 firings, the last one by " + why);
            throw new IllegalStateException("a storm of firings");
        }
        run("sync-" + sync);
        soon();
    }

    private void minute() throws SchedulerException {
        try {
            for (Product each : replicas.awake()) {
                each.syncs().forEach(each.nights::register);
                each.clockWatch.look();
                each.sweeper.sweep();
            }
        } catch (RuntimeException e) {
            // logged by the scheduler; the next minute comes
            sweepAt = stage.clock.world().plus(MINUTE);
        } catch (Death e) {
            restartKilled();
        }
    }

    private void restartKilled() throws SchedulerException {
        for (Product each : replicas.all) {
            if (each.lives.isOver()) {
                restart(each);
            }
        }
    }

    private void restart(Product killed) throws SchedulerException {
        List<String> left = killed.restart();
        replicas.ended(killed);
        left.forEach(where -> world.violation("STORY", "a killed process goes on: " + where));
        stage.coverage.dead(product.ledger
                .sql("select distinct step from device where place = 'IN_FLIGHT'")
                .query(String.class)
                .list());
        stage.clock.pass(Duration.ofSeconds(30));
        try {
            goOn();
        } catch (Death e) {
            restartKilled();
            return;
        }
        minute();
        soon();
    }
}
