package io.celonamdm.story;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A connector on which one story after the other is played, and a report of what became of them. */
final class Playhouse implements AutoCloseable {
    /** How many stories are played to shorten one. */
    private static final int SHORTENING = 50;

    private static final Path REPORTS = Path.of(System.getProperty("stories.reports", "target/stories"));
    private static final PrintStream OUT = System.out;

    final Path report;
    final Product product;
    private final ByteArrayOutputStream log = new Log();

    /**
     * Starts the connector.
     *
     * @param name of the report
     */
    Playhouse(String name) throws IOException {
        Files.createDirectories(REPORTS);
        report = REPORTS.resolve(name + ".txt");
        Files.deleteIfExists(report);
        product = started();
    }

    private Product started() {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            return new Product();
        } finally {
            System.setOut(OUT);
        }
    }

    /** What a story breaks; each begins with the name of an invariant. */
    List<String> played(Story story) {
        log.reset();
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Play play = new Play(product, story);
            List<String> broken = new ArrayList<>();
            try {
                play.play();
            } catch (Exception | Death e) {
                broken.add("STORY: " + e);
            }
            for (Product each : play.replicas.all) {
                if (each.lives.isOver()) {
                    each.restart();
                }
                if (!each.isAtRest()) {
                    broken.add("LEAKS: connections to the ledger, or threads, are still in use");
                }
                if (!each.hasAllRoom()) {
                    broken.add("LEAKS: a call that has ended holds its place");
                }
            }
            String lines = log.toString(StandardCharsets.UTF_8);
            broken.addAll(new Verdicts(product, play).broken(lines));
            if (Boolean.getBoolean("stories.log") && !broken.isEmpty()) {
                report(lines);
                play.world.heard.forEach(each -> report(each.toString()));
                play.world.trace.forEach(this::report);
            }
            return broken;
        } finally {
            System.setOut(OUT);
        }
    }

    /** Whether a story breaks one of some invariants. */
    boolean breaks(Story story, Set<String> names) {
        return names(played(story)).stream().anyMatch(names::contains);
    }

    /** A shorter story that breaks one of some invariants. */
    Story shortened(Story story, Set<String> names) {
        return Shortening.of(story, shorter -> breaks(shorter, names), SHORTENING);
    }

    /** The names of invariants. */
    static Set<String> names(List<String> broken) {
        return broken.stream()
                .map(each -> each.substring(0, each.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Prints a text, and adds it to the report. */
    void report(String text) {
        OUT.println(text);
        try {
            Files.writeString(report, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            product.close();
        } finally {
            System.setOut(OUT);
        }
    }

    /** What a process logs while it lives, be it the one or the other. */
    private final class Log extends ByteArrayOutputStream {
        @Override
        @SuppressWarnings("NullAway") // it logs while it starts, too
        public synchronized void write(byte[] bytes, int from, int length) {
            if (product == null || !(product.lives.isOver() || Lives.isDead(Thread.currentThread()))) {
                super.write(bytes, from, length);
            }
        }
    }
}
