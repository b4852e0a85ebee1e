package io.celonamdm.story;

import io.celonamdm.firing.Firing;
import io.celonamdm.firing.FiringView;
import io.celonamdm.story.world.World;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/** Runs what a timer would, while time passes whenever it only waits for time to pass. */
final class Firings {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final long GRACE = TimeUnit.MINUTES.toNanos(1);

    /** A firing that was begun. */
    record Begun(String route, Exchange exchange, Thread thread) {
        /** Whether earlier firings of its sync are over. */
        boolean isCounted() {
            return exchange.getProperty("firing") != null;
        }
    }

    private Firings() {}

    /** Begins what a timer would. */
    static Begun begin(Product product, String route) {
        DefaultConsumer timer = product.timer(route);
        Exchange exchange = timer.createExchange(false);
        Thread thread = product.lives.thread("firing", () -> process(timer, exchange));
        thread.start();
        return new Begun(route, exchange, thread);
    }

    /**
     * Runs it to its end, or to the end of the process, or until that stands still.
     *
     * @param goOn lets the world happen up to now
     * @param meanwhile what else is to be done again and again
     */
    static void toItsEnd(Product product, World world, Begun firingBegun, Runnable goOn, Runnable meanwhile)
            throws InterruptedException {
        Stage stage = product.stage;
        String route = firingBegun.route;
        Exchange exchange = firingBegun.exchange;
        Thread thread = firingBegun.thread;
        long begun = System.nanoTime();
        long ended = 0;
        while (!product.lives.isOver()) {
            meanwhile.run();
            if (product.lives.isFrozen()) {
                product.awaitRest();
                return;
            }
            Firing firing = exchange.getProperty("firing", Firing.class);
            if (!thread.isAlive() && (firing == null || FiringView.isIdle(firing))) {
                ended = ended == 0 ? System.nanoTime() : ended;
                if (inFlight(product) <= product.lost) {
                    return;
                }
                if (System.nanoTime() - ended > GRACE) {
                    product.lost = inFlight(product);
                    world.violation("LEAKS", "an exchange of " + route + " never ends");
                    return;
                }
            }
            if (firing != null && thread.isAlive() && FiringView.waitsForTime(firing, thread)) {
                stage.clock.pass(product.untilDue(LONGEST));
                goOn.run();
                FiringView.wake(firing);
            }
            if (System.nanoTime() - begun > PATIENCE) {
                world.violation("HANGS", route + " does not end");
                throw new IllegalStateException(route + " hangs: " + String.join("\n", product.lives.where()));
            }
            if (thread.isAlive()) {
                // its end wakes this up
                thread.join(1);
            } else {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    private static void process(DefaultConsumer timer, Exchange exchange) {
        try {
            timer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    /** Takes every exchange that is under way for one of a process that was killed. */
    static void bury(Product product) {
        product.lost = inFlight(product);
    }

    private static int inFlight(Product product) {
        return product.camel.getInflightRepository().size();
    }
}
