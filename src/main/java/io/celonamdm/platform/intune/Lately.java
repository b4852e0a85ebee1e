package io.celonamdm.platform.intune;

import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.platform.intune.graph.GraphPages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A look for new devices: those that Intune has heard from lately, as far as they were enrolled lately. One page has
 * about a thousand; a look reads a few at the most, should Graph ignore its filter.
 */
public final class Lately {
    /** What fleets of some 200,000 devices need, which report every eight hours. */
    private static final int MOST_PAGES = 25;

    private final GraphPages pages;
    private final Instant enrolledSince;
    private final List<MdmDevice> devices = new ArrayList<>();
    private int read;

    Lately(GraphPages pages, Instant enrolledSince) {
        this.pages = pages;
        this.enrolledSince = enrolledSince;
    }

    /** Whether to read another page. */
    public boolean isOpen() {
        return pages.isOpen() && read < MOST_PAGES;
    }

    /** The pages of devices that Intune has heard from. */
    public GraphPages getPages() {
        return pages;
    }

    /** Keeps those of a page that were enrolled lately. */
    void add(List<MdmDevice> page) {
        read++;
        page.stream().filter(this::isRecent).forEach(devices::add);
    }

    private boolean isRecent(MdmDevice device) {
        Instant enrolled = device.enrolledAt();
        return enrolled != null && !enrolled.isBefore(enrolledSince);
    }

    /** The devices that were enrolled lately. */
    public InventoryPage getPage() {
        return InventoryPage.of(devices);
    }
}
