package io.celonamdm.platform.csv;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.esim.ReasonCode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key by which rows of a file and devices are to be the same, as long as it tells them apart. */
final class SharedKey {
    /** What makers of boards leave in the place of a serial number (SMBIOS), in whichever devices. */
    private static final Pattern FILLER =
            Pattern.compile("(SYSTEM|CHASSIS|BASE ?BOARD|MOTHERBOARD|PRODUCT)? ?(SERIAL|S/N|SN)( ?(NUMBER|NO\\.?|#))?"
                    + "|DEFAULT( STRING)?|TO ?BE ?FILLED.*|O\\.?E\\.?M\\.?|(.)\\5*|0?123456789?0?|(0123456789|1234567890)+"
                    + "|INVALID|SAMPLE|TEST|EVAL|EMPTY|BLANK");

    private final String key;
    private final Set<String> eids = new HashSet<>();
    private int rows;
    private int devices;
    private @Nullable String device;

    SharedKey(String key) {
        this.key = key;
    }

    /** A key as rows and devices are compared by it. */
    static String plain(String text) {
        return text.replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ").strip().toUpperCase(Locale.ROOT);
    }

    /** A row has it, beside an EID. */
    void standsBy(String eid) {
        rows++;
        eids.add(eid);
    }

    /** A device has it; one that is shown on two pages is one. */
    void belongsTo(String id) {
        if (!id.equals(device)) {
            devices++;
            device = id;
        }
    }

    /** The one EID that the one device with this key has. */
    Optional<String> eid() {
        return tells() ? eids.stream().findFirst() : Optional.empty();
    }

    private boolean tells() {
        return eids.size() == 1 && devices <= 1 && !FILLER.matcher(key).matches();
    }

    /** What is to be told of a key that tells nobody apart. */
    Optional<BrokenRecord> note(String words) {
        return tells()
                ? Optional.empty()
                : Optional.of(new BrokenRecord(
                        key,
                        ReasonCode.SHARED_KEY,
                        "the %s \"%s\" stands in %d rows of mdm.enrich.file and belongs to %d devices, so that nobody has an EID by it"
                                .formatted(words, key, rows, devices)));
    }
}
