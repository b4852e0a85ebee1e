package io.celonamdm.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelContextTracker;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which steps ran, in every Camel context of a test run, whether Spring started it or a test by hand. JUnit
 * finds it in {@code META-INF/services}; it is idle unless the build names a folder.
 */
// Camel's own coverage asks for JMX, whose beans for each step took longer than most of the nights
public class RouteCoverage extends CamelContextTracker implements TestExecutionListener {
    private final Optional<Path> folder;
    private final Set<String> ran = ConcurrentHashMap.newKeySet();

    /** What JUnit starts. */
    public RouteCoverage() {
        this(Optional.ofNullable(System.getProperty("route-coverage.folder")).map(Path::of));
    }

    RouteCoverage(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        start();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        finish();
    }

    void start() {
        folder.ifPresent(each -> open());
    }

    void finish() {
        folder.ifPresent(this::write);
        close();
    }

    @Override
    public void contextCreated(CamelContext camel) {
        camel.getCamelContextExtension()
                .addInterceptStrategy((context, step, target, next) -> new Counted(step, target));
    }

    private void write(Path folder) {
        // several JVMs run the tests of one build
        Path file = folder.resolve(ProcessHandle.current().pid() + ".txt");
        try {
            Files.createDirectories(folder);
            Files.write(file, ran, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Counted extends DelegateAsyncProcessor {
        private final NamedNode step;

        Counted(NamedNode step, Processor target) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ran.add(step.getId());
            return super.process(exchange, callback);
        }
    }
}
