package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Readings;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * Checks what syncs need before their first night, or when something looks odd. Its calls to vendors only read. Each
 * preflight is audited, which shows that the ledger is writable.
 */
@Component
public class Preflight {
    /** The number of syncs checked at once: enough for hundreds within a minute, without overloading a vendor. */
    private static final int AT_ONCE = 8;

    private final SettingsInForce settings;
    private final OwnSide ownSide;
    private final Audit audit;
    private final Readings readings;
    private final CamelContext camel;
    private final ProducerTemplate template;
    private final Clock clock;
    private final Map<SyncName, PreflightReport> last = new ConcurrentHashMap<>();

    Preflight(
            SettingsInForce settings,
            OwnSide ownSide,
            Audit audit,
            Readings readings,
            CamelContext camel,
            ProducerTemplate template,
            Clock clock) {
        this.settings = settings;
        this.ownSide = ownSide;
        this.audit = audit;
        this.readings = readings;
        this.camel = camel;
        this.template = template;
        this.clock = clock;
    }

    /**
     * Checks everything that syncs need.
     *
     * @param reason why, for the audit
     * @return a report for each, in the order of the syncs
     */
    public List<PreflightReport> of(Collection<Sync> syncs, String reason) {
        List<PreflightReport> reports = new ArrayList<>();
        inspections(syncs).forEach((sync, inspection) -> {
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.of("settings", OwnSide.settings(settings)));
            findings.add(Finding.of("smdp-hosts", OwnSide.smdpHosts(sync)));
            ownSide.expiry(sync).forEach(seen -> findings.add(Finding.of("expiry", seen)));
            findings.add(Finding.of("provisioned", OwnSide.provisioned(sync, readings.proofs(sync.name()))));
            findings.addAll(connections(inspection));
            reports.add(audited(sync, "preflight", reason, findings));
        });
        return reports;
    }

    /**
     * Checks only the connections of one sync: hosts, credentials, privileges.
     *
     * @param reason why, for the audit
     */
    public PreflightReport connections(Sync sync, String reason) {
        return audited(sync, "test-connection", reason, connections(inspect(sync)));
    }

    private static List<Finding> connections(Inspection inspection) {
        List<Finding> findings = new ArrayList<>(inspection.findings());
        findings.add(Finding.of("clock", OwnSide.clock(inspection.clocks())));
        return findings;
    }

    /** The latest report of a sync; empty if this process has made none. */
    public Optional<PreflightReport> last(SyncName sync) {
        return Optional.ofNullable(last.get(sync));
    }

    private Map<Sync, Inspection> inspections(Collection<Sync> syncs) {
        Map<Sync, Future<Inspection>> started = new LinkedHashMap<>();
        ExecutorService threads = camel.getExecutorServiceManager().newFixedThreadPool(this, "preflight", AT_ONCE);
        try {
            syncs.forEach(sync -> started.put(sync, threads.submit(() -> inspect(sync))));
            Map<Sync, Inspection> ended = new LinkedHashMap<>();
            for (Map.Entry<Sync, Future<Inspection>> each : started.entrySet()) {
                ended.put(each.getKey(), each.getValue().get());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the preflight was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the preflight could not be made", e.getCause());
        } finally {
            camel.getExecutorServiceManager().shutdownNow(threads);
        }
    }

    private Inspection inspect(Sync sync) {
        Exchange ended = template.send("direct:preflight", exchange -> exchange.setProperty("sync", sync));
        Inspection inspection = ended.getProperty("inspection", Inspection.class);
        if (ended.getException() != null || inspection == null) {
            throw new IllegalStateException("the route preflight failed for sync " + sync.name(), ended.getException());
        }
        return inspection;
    }

    private PreflightReport audited(Sync sync, String action, String reason, List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        PreflightReport report =
                PreflightReport.of(sync.name(), clock.instant().truncatedTo(ChronoUnit.MILLIS), findings);
        try {
            audit.note(Audit.OPERATOR, sync.name(), null, action, reason, summary(report));
            all.add(Finding.of("ledger", Seen.ok("written: the audit has this " + action)));
        } catch (NestedRuntimeException e) {
            all.add(Finding.of(
                    "ledger",
                    Seen.failed(
                            ReasonCode.LEDGER_NOT_WRITABLE,
                            String.valueOf(e.getMostSpecificCause().getMessage()),
                            "see docs/runbooks/ledger-trouble.md")));
        }
        PreflightReport complete = PreflightReport.of(sync.name(), report.at(), all);
        last.put(sync.name(), complete);
        return complete;
    }

    private static String summary(PreflightReport report) {
        List<String> bad = report.findings().stream()
                .filter(each -> each.result() == Result.WARN || each.result() == Result.FAILED)
                .map(each -> "%s: %s".formatted(each.check(), each.code()))
                .toList();
        return bad.isEmpty() ? report.result().name() : report.result() + "; " + String.join(", ", bad);
    }
}
