package io.celonamdm.platform.jamf;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.json.RecordPage;
import io.celonamdm.platform.MdmDevice;
import io.celonamdm.settings.MdmSettings;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a pull of the inventory stands. It ends well only if the tenant has shown what it counts: Jamf Pro may clamp
 * the page size without a word and devices come and go meanwhile, so neither a short page nor an empty one alone is the
 * end, and neither may it go on for ever.
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
    /** How much of the largest count must have been shown; devices may leave the tenant while it is paged through. */
    private static final double ENOUGH = 0.99;
    /** How far a fleet may grow while it is paged through. */
    private static final int GROWTH = 1000;

    private static final int SPARE_PAGES = 10;

    private final MdmSettings mdm;
    private final DeviceReader reader;
    private int page;
    private int perPage;
    private long first;
    private long shown;
    private long most;
    private Set<String> previous = Set.of();
    /** The first device of each page: a few bytes for hundreds of devices. */
    private final Set<String> firsts = new HashSet<>();

    private boolean open = true;

    Paging(MdmSettings mdm) {
        this.mdm = mdm;
        this.reader = new DeviceReader(mdm.attributes());
    }

    /** Whether there is another page to ask for. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Asks for the next page. The order is by id because that of names is not unique, and records would repeat and
     * vanish between pages.
     */
    public String getQuery() {
        Query query = new Query();
        SECTIONS.forEach(section -> query.and("section", section));
        query.and("page", page).and("page-size", mdm.pageSize()).and("sort", "mobileDeviceId:asc");
        return (mdm.filter().isBlank() ? query : query.and("filter", mdm.filter())).toString();
    }

    /**
     * What is on the page that was asked for.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON
     */
    RecordPage<MdmDevice> parse(byte[] answer) throws IOException {
        return RecordPage.read(answer, "results", DeviceReader.FIELDS, reader::read);
    }

    /**
     * The devices of the page that was asked for.
     *
     * @throws UnreadableAnswer if it is no page, the page before once more, the end before enough was shown, or one page of
     *     more than there can be
     */
    List<MdmDevice> read(RecordPage<MdmDevice> results) {
        List<MdmDevice> devices = results.records();
        if (devices == null) {
            throw new UnreadableAnswer(
                    "a page of mobile devices", results.answer().map());
        }
        long count = count(results.answer().map(), devices.size());
        shown += newOnes(devices);
        most = Math.max(most, count);
        if (page == 0) {
            first = count;
            perPage = Math.max(1, devices.size());
        }
        page++;
        endIfEndless(count, devices);
        open = !devices.isEmpty() && shown < count;
        if (!open && shown < most * ENOUGH) {
            throw new UnreadableAnswer(
                    "all of %d mobile devices".formatted(most), "an end after %d of them".formatted(shown));
        }
        return devices;
    }

    private void endIfEndless(long count, List<MdmDevice> devices) {
        String id = devices.isEmpty() ? "" : devices.get(0).id();
        if (!id.isEmpty() && !firsts.add(id)) {
            throw new UnreadableAnswer("page " + page, "the devices of an earlier page");
        }
        if (count > 2 * first + GROWTH) {
            throw new UnreadableAnswer("a totalCount of about %d".formatted(first), String.valueOf(count));
        }
        if (page > 2 * (most / perPage) + SPARE_PAGES) {
            throw new UnreadableAnswer("%d devices within %d pages".formatted(most, page), "yet another page");
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

    /** How many devices were not on the page before; those that moved there must not count twice. */
    private int newOnes(List<MdmDevice> devices) {
        Set<String> ids = new HashSet<>();
        int known = 0;
        for (MdmDevice device : devices) {
            known += previous.contains(device.id()) ? 1 : 0;
            if (!device.id().isEmpty()) {
                ids.add(device.id());
            }
        }
        if (known > 0 && known == devices.size()) {
            throw new UnreadableAnswer("page " + page, "the devices of the page before");
        }
        previous = ids;
        return devices.size() - known;
    }
}
