package io.celonamdm.platform.csv;

import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Placeholder;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.settings.mdm.EnrichSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds EIDs that an MDM does not show, from what {@code mdm.enrich} names. A device gets its EID at the end of a pull,
 * once it is known to be the only one with its key. What is known and the devices in question are held in memory during
 * one pull.
 */
public final class KnownEids {
    private static final String SETTING = "mdm.enrich.file";

    private final EnrichSettings.Key key;
    private final Map<String, SharedKey> byKey = new HashMap<>();
    private final List<BrokenRecord> notes = new ArrayList<>();
    private final List<MdmDevice> waiting = new ArrayList<>();
    private int given;

    private KnownEids(EnrichSettings.Key key) {
        this.key = key;
    }

    /**
     * Reads the file; without one, no EID is known.
     *
     * @throws KnownFailure with {@code FILE_UNREADABLE} if the file is unreadable; the message names the setting
     */
    public static KnownEids read(MdmSettings mdm) {
        KnownEids known = new KnownEids(mdm.enrich().key());
        String name = mdm.enrich().file();
        if (name.isBlank()) {
            return known;
        }
        try {
            CsvFile file =
                    CsvFile.examine(FileStamp.of(Path.of(name)), mdm.csv().columns());
            known.read(file);
            return known;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.TRANSIENT,
                    ReasonCode.FILE_UNREADABLE,
                    "%s = %s cannot be read: %s".formatted(SETTING, name, FileTrouble.text(e)),
                    null));
        }
    }

    private void read(CsvFile file) throws IOException {
        Field column = key == EnrichSettings.Key.NAME ? Field.NAME : Field.SERIAL_NUMBER;
        if (!file.columns().has(column)) {
            throw new UnreadableFile("it has no column for mdm.enrich.key, the %s".formatted(words()));
        }
        RowReader reader = new RowReader(file);
        try (Rows rows = file.rows()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                Optional<BrokenRecord> broken = reader.broken(row);
                String eid = reader.value(row, Field.EID);
                String value = SharedKey.plain(reader.value(row, column));
                if (broken.isPresent()) {
                    notes.add(broken.get());
                } else if (!Placeholder.isNoNumber(eid) && !Placeholder.isNothing(value)) {
                    byKey.computeIfAbsent(value, SharedKey::new).standsBy(eid);
                }
            }
        }
    }

    /** Adds what a device's maker knows of it; a serial number is of one device alone then. */
    public void add(String serialNumber, String eid) {
        String value = SharedKey.plain(serialNumber);
        if (!Placeholder.isNoNumber(eid) && !Placeholder.isNothing(value)) {
            byKey.computeIfAbsent(value, SharedKey::new).knownByMaker(eid);
        }
    }

    /** The devices of a page without those that may get their EID here, which {@link #rest()} returns. */
    public InventoryPage fill(InventoryPage page) {
        return new InventoryPage(page.devices().stream().filter(this::goesOn).toList(), page.broken(), page.notes());
    }

    private boolean goesOn(MdmDevice device) {
        SharedKey known = byKey.get(keyOf(device));
        if (known == null || device.excluded() != null) {
            return true;
        }
        known.belongsTo(device.id());
        if (device.eid() != null) {
            return true;
        }
        waiting.add(device);
        return false;
    }

    /**
     * The devices that may get their EID here, now that all are known, and the findings about rows and keys.
     */
    public InventoryPage rest() {
        List<MdmDevice> devices = new ArrayList<>();
        for (MdmDevice device : waiting) {
            Optional<String> eid = Optional.ofNullable(byKey.get(keyOf(device))).flatMap(SharedKey::eid);
            given += eid.isPresent() ? 1 : 0;
            devices.add(eid.map(device::withEid).orElse(device));
        }
        waiting.clear();
        byKey.values().forEach(each -> each.note(words()).ifPresent(notes::add));
        return new InventoryPage(devices, List.of(), notes);
    }

    /** The number of known keys. */
    public int size() {
        return byKey.size();
    }

    /** The number of devices that got an EID. */
    public int given() {
        return given;
    }

    private String keyOf(MdmDevice device) {
        return SharedKey.plain(key == EnrichSettings.Key.NAME ? device.name() : device.serialNumber());
    }

    private String words() {
        return key == EnrichSettings.Key.NAME ? "name" : "serial number";
    }
}
