package io.celonamdm.story;

import io.celonamdm.story.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the connector, one or two on one ledger, which take firings in turn. One of two may stand still for a
 * while; the other one then takes over, and the first goes on in the midst of that, or later.
 */
final class Replicas {
    /** How many calls the other one makes at most before the first goes on. */
    private static final int CALLS = 25;
    /** How many minutes it stands still at most. */
    private static final int MINUTES = 90;

    final List<Product> all;
    private final Stage stage;
    private int turn;
    private volatile @Nullable Frozen frozen;
    /** What the other one has fired since. */
    private final List<Firings.Begun> since = new ArrayList<>();

    private @Nullable Cut cut;

    /** A process that stands still, until so many calls were made in all, or until a time. */
    private record Frozen(Product product, int calls, Instant latest) {}

    /** A firing in the midst of which a process stood still. */
    private record Cut(Product product, Firings.Begun firing) {}

    Replicas(List<Product> all) {
        this.all = List.copyOf(all);
        this.stage = all.get(0).stage;
    }

    /** Those that do not stand still. */
    List<Product> awake() {
        return all.stream().filter(each -> !each.lives.isFrozen()).toList();
    }

    /** The one that people ask. */
    Product asked() {
        return awake().get(0);
    }

    /** The one that does something next. */
    Product next() {
        List<Product> awake = awake();
        return awake.get(turn++ % awake.size());
    }

    /** The one to which this thread belongs. */
    Product current() {
        return all.stream()
                .filter(each -> each.lives.isOwn(Thread.currentThread()))
                .findFirst()
                .orElse(asked());
    }

    /** Lets this thread's process stand still, if there is another one. */
    void freeze(Event event) {
        if (frozen != null || cut != null || all.size() < 2) {
            return;
        }
        Product product = current();
        frozen = new Frozen(
                product,
                stage.made() + 1 + event.subject() % CALLS,
                stage.clock.world().plus(Duration.ofMinutes(1 + event.subject() % MINUTES)));
        since.clear();
        product.lives.freeze();
    }

    /** Lets a process go on whose time has come. */
    void look() {
        Frozen now = frozen;
        if (now != null && (stage.made() >= now.calls || !now.latest.isAfter(stage.clock.world()))) {
            thaw();
        }
    }

    /** Lets each process go on. */
    void thaw() {
        frozen = null;
        Cut begun = cut;
        if (begun != null) {
            begun.product.lives.takenOver =
                    since.stream().anyMatch(each -> each.route().equals(begun.firing.route()) && each.isCounted());
        }
        all.forEach(each -> each.lives.thaw());
    }

    /** When one that stands still goes on; null for none. */
    @Nullable
    Instant goesOn() {
        Frozen now = frozen;
        return now == null ? null : now.latest;
    }

    /**
     * Runs a timer's route in the one whose turn it is.
     *
     * @return whether that stands still
     */
    boolean run(World world, String route, Runnable goOn) throws Exception {
        Product product = next();
        Firings.Begun firing = Firings.begin(product, route);
        since.add(firing);
        Firings.toItsEnd(product, world, firing, goOn, this::look);
        if (product.lives.isFrozen()) {
            cut = new Cut(product, firing);
            return true;
        }
        return false;
    }

    /** Brings a firing to its end whose process goes on. */
    void finish(World world, Runnable goOn) throws Exception {
        Cut begun = cut;
        if (begun != null && !begun.product.lives.isFrozen()) {
            cut = null;
            Firings.toItsEnd(begun.product, world, begun.firing, goOn, this::look);
            begun.product.lives.takenOver = false;
        }
    }

    /** Forgets what a process was in the midst of that has ended. */
    void ended(Product product) {
        product.lives.takenOver = false;
        Cut begun = cut;
        if (begun != null && begun.product == product) {
            cut = null;
        }
        Frozen now = frozen;
        if (now != null && now.product == product) {
            frozen = null;
        }
    }
}
