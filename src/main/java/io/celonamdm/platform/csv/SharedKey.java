package io.celonamdm.platform.csv;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key that matches rows of a file with devices, as long as it is unique. */
final class SharedKey {
    /** Default texts of board makers in place of a serial number (SMBIOS). */
    private static final Pattern FILLER =
            Pattern.compile("(SYSTEM|CHASSIS|BASE ?BOARD|MOTHERBOARD|PRODUCT)? ?(SERIAL|S/N|SN)( ?(NUMBER|NO\\.?|#))?"
                    + "|DEFAULT( STRING)?|TO ?BE ?FILLED.*|O\\.?E\\.?M\\.?|(.)\\5*|0?123456789?0?|(0123456789|1234567890)+"
                    + "|INVALID|SAMPLE|TEST|EVAL|EMPTY|BLANK");

    private final String key;
    private @Nullable String eid;
    private boolean differs;
    private boolean fromMaker;
    private int rows;
    private int devices;
    private @Nullable String device;

    SharedKey(String key) {
        this.key = key;
    }

    /** A normalised key, for comparing rows and devices. */
    static String plain(String text) {
        return text.replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ").strip().toUpperCase(Locale.ROOT);
    }

    /** Records a row with this key and an EID. */
    void standsBy(String eid) {
        rows++;
        differs |= this.eid != null && !spelled(this.eid).equals(spelled(eid));
        this.eid = eid;
    }

    /** An EID without its grouping, by which sources differ; any other text as it is. */
    private static String spelled(String eid) {
        try {
            return Eid.of(eid).value();
        } catch (InvalidValue e) {
            return eid;
        }
    }

    /** Records what the device's maker knows: several records with this key are one device. */
    void knownByMaker(String eid) {
        fromMaker = true;
        standsBy(eid);
    }

    /** Records a device with this key; a device shown on two pages counts once. */
    void belongsTo(String id) {
        if (!id.equals(device)) {
            devices++;
            device = id;
        }
    }

    /** The only EID for the only device with this key. */
    Optional<String> eid() {
        return tells() ? Optional.ofNullable(eid) : Optional.empty();
    }

    private boolean tells() {
        return !differs && (fromMaker || (devices <= 1 && !FILLER.matcher(key).matches()));
    }

    /** The finding about an ambiguous key. */
    Optional<BrokenRecord> note(String words) {
        return tells()
                ? Optional.empty()
                : Optional.of(new BrokenRecord(
                        key,
                        ReasonCode.SHARED_KEY,
                        "the %s \"%s\" stands in %d rows of mdm.enrich and belongs to %d devices, so it assigns no EID"
                                .formatted(words, key, rows, devices)));
    }
}
