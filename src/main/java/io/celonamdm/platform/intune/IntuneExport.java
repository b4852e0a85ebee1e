package io.celonamdm.platform.intune;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.VendorClock;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.settings.mdm.IntuneSettings;
import io.celonamdm.sync.Sync;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Exports the report {@code DevicesWithInventory}, the only source of the EIDs of a whole tenant (Intune, export APIs).
 */
@Component
public class IntuneExport {
    /** The collection of reports, below the version of Graph. */
    static final String REPORTS = "/deviceManagement/reports/exportJobs";

    static final String JOBS = Graph.V1 + REPORTS;
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Clock clock;

    IntuneExport(Clock clock) {
        this.clock = clock;
    }

    /** Begins a report. */
    public ExportJob begin(@ExchangeProperty("sync") Sync sync) {
        IntuneSettings intune = sync.mdm().intune();
        return new ExportJob(
                clock.instant().plus(intune.exportTimeout()),
                intune.exportPoll().toMillis());
    }

    /** Requests the report with the columns that are read; the defaults of a report change without notice. */
    public byte[] request(@ExchangeProperty("sync") Sync sync) {
        Map<String, Object> request = new TreeMap<>(
                Map.of("reportName", "DevicesWithInventory", "format", "csv", "select", Column.requested()));
        if (!sync.mdm().filter().isBlank()) {
            request.put("filter", sync.mdm().filter());
        }
        return Graph.body(request);
    }

    /** Intune accepted the job. */
    public void started(@Body @Nullable Object answer, @ExchangeProperty("export") ExportJob export) {
        export.started(
                Fields.of(answer).text("id").orElseThrow(() -> new UnreadableAnswer("an export job's id", answer)));
    }

    /**
     * Reads the status of the job.
     *
     * @param date the time by Microsoft's clock, by which a report expires
     * @throws KnownFailure with {@code EXPORT_FAILED} if it failed, took too long or has expired
     * @throws UnreadableAnswer if it lacks the status, which is mandatory (deviceManagementExportJob)
     */
    public void progress(
            @Body @Nullable Object answer,
            @ExchangeProperty("export") ExportJob export,
            @Header("Date") @Nullable String date) {
        Fields job = Fields.of(answer);
        String status = job.text("status")
                .orElseThrow(() -> new UnreadableAnswer("an export job's status", answer))
                .toLowerCase(Locale.ROOT);
        if (status.equals("failed")) {
            throw failed("Intune says that the export job %s failed".formatted(job.textOrEmpty("id")));
        }
        if (status.equals("completed")) {
            Instant theirs = VendorClock.now(date, clock.instant());
            boolean expired = job.time("expirationDateTime")
                    .filter(end -> end.isBefore(theirs))
                    .isPresent();
            if (expired) {
                throw failed("the report of export job %s has expired".formatted(job.textOrEmpty("id")));
            }
            export.finished(fileOf(job.textOrEmpty("url"))
                    .orElseThrow(() -> failed("Intune names no address of the report that begins with https://")));
        } else if (export.isLate(clock.instant())) {
            throw failed("the export job %s is still %s after mdm.intune.export-timeout; raise it, or set "
                            .formatted(job.textOrEmpty("id"), status)
                    + "mdm.intune.inventory: list");
        }
    }

    /**
     * Opens the file to read its rows page by page.
     *
     * @throws KnownFailure with {@code EXPORT_FAILED} if it is missing
     */
    public void open(
            @Body InputStream file,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @ExchangeProperty("export") ExportJob export) {
        if (status != 200) {
            throw failed("the storage account answered status %d instead of the report".formatted(status));
        }
        try {
            export.reads(ExportRows.open(file));
        } catch (UnreadableExport e) {
            throw failed(e);
        }
    }

    /**
     * The next devices of the report.
     *
     * @throws KnownFailure with {@code EXPORT_FAILED} if the file is incomplete, and with {@code NO_KNOWN_SYSTEM} if no
     *     row has a device with a known operating system
     */
    public InventoryPage page(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("export") ExportJob export) {
        Selection selection = new Selection(sync.mdm().intune());
        List<MdmDevice> page = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>();
        try {
            while (page.size() < sync.mdm().pageSize() && export.rows().hasNext()) {
                ExportRows.Line line = export.rows().next();
                MdmDevice device = DeviceReader.read(line.fields());
                if (line.fault() != null) {
                    broken.add(new BrokenRecord(
                            device.id(), ReasonCode.RECORD_UNREADABLE, "the report's row: " + line.fault()));
                } else if (export.systems().knows(device) && selection.has(device)) {
                    page.add(device);
                }
            }
            if (!export.rows().hasNext()) {
                export.systems().check();
                export.readToItsEnd();
            }
        } catch (UnreadableExport e) {
            throw failed(e);
        }
        return new InventoryPage(page, broken);
    }

    /** The storage account of a job's file, without the signature; empty if the job names none that may be called. */
    static Optional<URI> storage(Fields job) {
        return fileOf(job.textOrEmpty("url")).map(file -> URI.create(file.getScheme() + "://" + file.getAuthority()));
    }

    private static Optional<URI> fileOf(String url) {
        try {
            URI there = URI.create(url);
            boolean safe = "https".equals(there.getScheme()) || "127.0.0.1".equals(there.getHost());
            return there.getAuthority() != null && safe ? Optional.of(there) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private KnownFailure failed(String reason) {
        return new KnownFailure(failure(reason));
    }

    private KnownFailure failed(UnreadableExport cause) {
        return new KnownFailure(failure("the report cannot be read: " + cause.getMessage()));
    }

    /** A new job may succeed later; polling the same one again would not help. */
    private Failure failure(String reason) {
        Instant again = clock.instant().plus(AGAIN);
        return new Failure(Kind.TRANSIENT, ReasonCode.EXPORT_FAILED, reason, again);
    }
}
