package io.celonamdm.platform.jamf;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.RecordPage;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.settings.mdm.MdmSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an inventory pull. It succeeds only if the tenant has shown as many devices as it counts. Jamf Pro
 * may silently limit the page size, and devices come and go during the pull, so neither a short nor an empty page alone
 * is the end. Nor may the pull go on forever.
 */
public final class Paging {
    private static final List<String> SECTIONS = List.of(
            "GENERAL",
            "HARDWARE",
            "USER_AND_LOCATION",
            "NETWORK",
            "SERVICE_SUBSCRIPTIONS",
            "GROUPS",
            "EXTENSION_ATTRIBUTES");
    /**
     * The share of the largest count that may be missing. Each device that leaves the tenant during the pull shifts the
     * following ones; a device that one pull misses is not gone.
     */
    private static final double FEW = 0.01;

    private static final long FEW_OF_SMALL_FLEET = 5;
    /** The number of consecutive pages without new devices that ends the pull. */
    private static final int MOST_IDLE = 3;
    /** How far a fleet may grow during a pull. */
    private static final int GROWTH = 1000;

    private static final int SPARE_PAGES = 10;

    /** A record of a page, and its fault. */
    record Shown(MdmDevice device, @Nullable String fault) {}

    private final MdmSettings mdm;
    private final String order;
    private final DeviceReader reader;
    private int page;
    private int calls;
    private int perPage;
    private long first;
    private long shown;
    private long most;
    private int idle;
    private final ShownIds ids = new ShownIds();
    private boolean open = true;

    Paging(MdmSettings mdm) {
        this(mdm, "mobileDeviceId:asc");
    }

    private Paging(MdmSettings mdm, String order) {
        this.mdm = mdm;
        this.order = order;
        this.reader = new DeviceReader(mdm.attributes());
    }

    /** An inventory that begins with the devices that were enrolled last. Jamf Pro sorts by that date, but has no filter. */
    static Paging ofLatest(MdmSettings mdm) {
        return new Paging(mdm, "lastEnrolledDate:desc");
    }

    /** Whether another page remains. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Requests the next page. A pull sorts by id because names are not unique, and records would repeat and vanish
     * between pages.
     */
    public String getQuery() {
        Query query = new Query();
        SECTIONS.forEach(section -> query.and("section", section));
        query.and("page", page).and("page-size", mdm.pageSize()).and("sort", order);
        return (mdm.filter().isBlank() ? query : query.and("filter", mdm.filter())).toString();
    }

    /**
     * Reads the requested page.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
     */
    RecordPage<Shown> parse(byte[] answer) throws IOException {
        return RecordPage.read(answer, "results", DeviceReader.FIELDS, this::shown);
    }

    private Shown shown(Fields record) {
        return new Shown(reader.read(record), RecordShape.fault(record.map()));
    }

    /**
     * Reads the requested page.
     *
     * @throws UnreadableAnswer if it is not a page, ends the pull too early, or exceeds the largest possible pull
     */
    InventoryPage read(RecordPage<Shown> results) {
        List<Shown> records = results.records();
        if (records == null) {
            throw new UnreadableAnswer(
                    "a page of mobile devices", results.answer().map());
        }
        long count = count(results.answer().map(), records.size());
        long before = shown;
        records.forEach(record -> shown += ids.add(record.device.id()) ? 1 : 0);
        most = Math.max(most, count);
        if (calls == 0) {
            first = count;
            perPage = Math.max(1, records.size());
        }
        calls++;
        endIfEndless(count);
        idle = shown == before ? idle + 1 : 0;
        // a page without new devices is requested once more, because the pull would lack its devices
        page += idle == 1 ? 0 : 1;
        open = shown < count && idle < MOST_IDLE;
        if (!open && most - shown > Math.max(most * FEW, (double) Math.min(FEW_OF_SMALL_FLEET, most / 4))) {
            throw new UnreadableAnswer(
                    "all of %d mobile devices".formatted(most), "an end after %d of them".formatted(shown));
        }
        return new InventoryPage(
                records.stream()
                        .filter(record -> record.fault == null)
                        .map(Shown::device)
                        .toList(),
                records.stream()
                        .filter(record -> record.fault != null)
                        .map(Paging::broken)
                        .toList());
    }

    private static BrokenRecord broken(Shown record) {
        MdmDevice device = record.device;
        return new BrokenRecord(
                device.id(),
                ReasonCode.RECORD_UNREADABLE,
                "record %s (serial number %s, name %s): %s"
                        .formatted(
                                words(device.id()), words(device.serialNumber()), words(device.name()), record.fault));
    }

    private static String words(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    private void endIfEndless(long count) {
        if (count > 2 * first + GROWTH) {
            throw new UnreadableAnswer("a totalCount of about %d".formatted(first), String.valueOf(count));
        }
        if (calls > 2 * (most / perPage) + SPARE_PAGES) {
            throw new UnreadableAnswer("%d devices within %d pages".formatted(most, calls), "yet another page");
        }
    }

    private static long count(Map<?, ?> answer, int shown) {
        Object count = answer.get("totalCount");
        long known = count instanceof Integer || count instanceof Long ? ((Number) count).longValue() : -1;
        if (known < shown) {
            throw new UnreadableAnswer(
                    "a totalCount of at least the %d devices on the page".formatted(shown), String.valueOf(count));
        }
        return known;
    }
}
