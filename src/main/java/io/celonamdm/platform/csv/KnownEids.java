package io.celonamdm.platform.csv;

import io.celonamdm.platform.MdmDevice;
import io.celonamdm.settings.EnrichSettings;
import io.celonamdm.settings.MdmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * EIDs that an MDM does not show, out of the file that {@code mdm.enrich} names. They are held in memory for the time of
 * one pull.
 */
public final class KnownEids {
    private static final String SETTING = "mdm.enrich.file";

    private final EnrichSettings.Key key;
    private final Map<String, String> byKey = new HashMap<>();
    private int given;

    private KnownEids(EnrichSettings.Key key) {
        this.key = key;
    }

    /**
     * Reads the file; without one, no EID is known. Of rows with the same key, the last counts.
     *
     * @throws IOException if the file cannot be read; the message names the setting
     */
    public static KnownEids read(MdmSettings mdm) throws IOException {
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
        } catch (IOException | IllegalArgumentException e) {
            String why = e instanceof UnreadableFile ? e.getMessage() : e.toString();
            throw new UnusableSetting("%s = %s cannot be read: %s".formatted(SETTING, name, why));
        }
    }

    private void read(CsvFile file) throws IOException {
        Field column = key == EnrichSettings.Key.NAME ? Field.NAME : Field.SERIAL_NUMBER;
        if (!file.columns().has(column)) {
            throw new UnreadableFile("it has no column for mdm.enrich.key, the %s"
                    .formatted(key == EnrichSettings.Key.NAME ? "name" : "serial number"));
        }
        RowReader reader = new RowReader(file);
        try (CsvRows rows = file.rows()) {
            while (rows.hasNext()) {
                CSVRecord row = rows.next();
                String eid = reader.value(row, Field.EID);
                String value = plain(reader.value(row, column));
                if (!eid.isEmpty() && !value.isEmpty()) {
                    byKey.put(value, eid);
                }
            }
        }
    }

    /** The device, with its EID if the MDM shows none and the file does. */
    public MdmDevice fill(MdmDevice device) {
        boolean shown = device.eid() != null && !device.eid().isBlank();
        String eid = byKey.get(plain(key == EnrichSettings.Key.NAME ? device.name() : device.serialNumber()));
        if (shown || eid == null) {
            return device;
        }
        given++;
        return device.withEid(eid);
    }

    /** How many EIDs the file has. */
    public int size() {
        return byKey.size();
    }

    /** How many devices have got one. */
    public int given() {
        return given;
    }

    private static String plain(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
