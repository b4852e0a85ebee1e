package io.celonamdm.coverage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedCamelContextMBean;
import org.apache.camel.spi.CamelContextTracker;
import org.apache.camel.spi.OnCamelContextStopping;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down how often each step ran, for every Camel context of a test run, whether Spring started it or a test by
 * hand. JUnit finds it in {@code META-INF/services}; it is idle unless the build names a folder.
 */
public class RouteCoverage extends CamelContextTracker implements TestExecutionListener {
    private final Optional<Path> folder;
    private final Set<CamelContext> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dumps = new AtomicInteger();

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

    /** Spring keeps its contexts for later tests: those that are still up are written now, and once more when they stop. */
    void finish() {
        running.stream().filter(CamelContext::isStarted).forEach(this::dump);
        close();
    }

    @Override
    public void contextCreated(CamelContext camel) {
        running.add(camel);
        // As the first to hear of the stop, before Camel's own management forgets what it has counted.
        camel.addLifecycleStrategy(LifecycleStrategySupport.adapt((OnCamelContextStopping) stopping -> {
            if (running.remove(stopping)) {
                dump(stopping);
            }
        }));
    }

    private void dump(CamelContext camel) {
        folder.ifPresent(
                each -> counts(camel).ifPresent(counts -> write(each, camel, counts, dumps.incrementAndGet())));
    }

    /** Without JMX, nothing is counted: hundreds of routes of one template would take minutes to write. */
    private static Optional<ManagedCamelContextMBean> counts(CamelContext camel) {
        return Optional.ofNullable(camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class))
                .map(ManagedCamelContext::getManagedCamelContext);
    }

    private static void write(Path folder, CamelContext camel, ManagedCamelContextMBean counts, int number) {
        // several JVMs run the tests of one build
        Path file = folder.resolve("%s-%d-%d.xml"
                .formatted(camel.getName(), ProcessHandle.current().pid(), number));
        try {
            Files.createDirectories(folder);
            Files.writeString(file, counts.dumpRoutesCoverageAsXml());
        } catch (Exception e) {
            throw new IllegalStateException("cannot tell what ran in " + camel.getName(), e);
        }
    }
}
