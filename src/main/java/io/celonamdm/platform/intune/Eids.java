package io.celonamdm.platform.intune;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** EIDs in one field of the inventory; Android reports all EIDs of a device, with an undocumented separator. */
final class Eids {
    private static final Pattern PARTS = Pattern.compile("[,;|\\s\\p{Z}]+");
    private static final Pattern EID = Pattern.compile("\\d{32}");

    private Eids() {}

    /** The EIDs of a text. */
    static List<String> in(String text) {
        return Arrays.stream(PARTS.split(text, -1))
                .filter(Eids::isEid)
                .distinct()
                .toList();
    }

    private static boolean isEid(String part) {
        if (!EID.matcher(part).matches()) {
            return false;
        }
        try {
            Eid.of(part);
            return true;
        } catch (InvalidValue e) {
            return false;
        }
    }

    /** The first of them; without any, the text itself, so that a finding can quote it. */
    static @Nullable String first(List<String> eids, @Nullable String text) {
        return eids.isEmpty() ? text : eids.get(0);
    }
}
