package io.celonamdm.platform.csv;

import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.settings.mdm.CsvSettings;
import io.celonamdm.settings.mdm.CsvSettings.Mode;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the inventory from the files in a sync's folder. A pull leaves the folder unchanged. */
@Component
public class CsvInventory {
    private static final Logger LOG = LoggerFactory.getLogger(CsvInventory.class);

    /** Far more than a day's new devices, and little memory. */
    private static final int MOST_OF_A_LOOK = 5_000;

    private final Clock clock;

    CsvInventory(Clock clock) {
        this.clock = clock;
    }

    /**
     * Examines the waiting files, and begins to read the complete ones.
     *
     * @throws KnownFailure with {@code FOLDER_UNUSABLE} if the folder is unusable
     */
    public Taking begin(@ExchangeProperty("sync") Sync sync) throws IOException {
        CsvSettings settings = sync.mdm().csv();
        Inbox inbox;
        try {
            inbox = Inbox.of(sync.mdm().folder());
        } catch (UnusableSetting e) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.TRANSIENT, ReasonCode.FOLDER_UNUSABLE, String.valueOf(e.getMessage()), null));
        }
        List<FileStamp> settled = settled(inbox, settings);
        List<CsvFile> files = new ArrayList<>();
        Map<FileStamp, String> refused = new LinkedHashMap<>();
        for (FileStamp stamp : settled) {
            try {
                files.add(CsvFile.examine(stamp, settings.columns()));
                LOG.info("{} is read", stamp.name());
            } catch (UnreadableFile e) {
                refused.put(stamp, String.valueOf(e.getMessage()));
                LOG.warn("{} cannot be read: {}", stamp.name(), e.getMessage());
            }
        }
        boolean full = settings.mode() == Mode.FULL && !settled.isEmpty();
        if (full && !refused.isEmpty()) {
            String others = String.join(
                    ", ", refused.keySet().stream().map(FileStamp::name).toList());
            LOG.warn("with csv.mode: full, no file is read, because the set is incomplete without {}", others);
            files.forEach(file -> refused.put(
                    file.stamp(),
                    "the inventory is incomplete without %s, which is unreadable; put all files here again"
                            .formatted(others)));
            files.clear();
        }
        return new Taking(files, refused, full && refused.isEmpty(), sync.mdm().pageSize());
    }

    /** The complete files; for a full inventory, all or none. */
    private List<FileStamp> settled(Inbox inbox, CsvSettings settings) throws IOException {
        List<FileStamp> settled = new ArrayList<>();
        List<String> unsettled = new ArrayList<>();
        for (FileStamp stamp : inbox.waiting()) {
            if (stamp.isSettled(clock.instant(), settings.settle())) {
                settled.add(stamp);
            } else {
                unsettled.add(stamp.name());
            }
        }
        if (!unsettled.isEmpty()) {
            LOG.warn("still being written, left for the next run: {}", String.join(", ", unsettled));
        }
        return settings.mode() == Mode.FULL && !unsettled.isEmpty() ? List.of() : settled;
    }

    /**
     * The devices of the waiting files, at once. The files stay for the night, which takes them as a whole; of a file that
     * is too long for a look, the night takes the rest.
     */
    public InventoryPage additions(@ExchangeProperty("sync") Sync sync) throws IOException {
        List<MdmDevice> devices = new ArrayList<>();
        try (Taking taking = begin(sync)) {
            while (taking.isOpen() && devices.size() < MOST_OF_A_LOOK) {
                devices.addAll(taking.page().devices());
            }
        }
        return InventoryPage.of(devices);
    }

    /** The next devices of the files. */
    public InventoryPage page(@ExchangeProperty("taking") Taking taking) throws IOException {
        return taking.page();
    }
}
