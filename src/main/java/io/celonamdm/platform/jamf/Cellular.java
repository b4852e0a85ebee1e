package io.celonamdm.platform.jamf;

import io.celonamdm.esim.Placeholder;
import io.celonamdm.json.Fields;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A device's eSIM chip. The subscriptions take precedence over the network section, which iOS 26 no longer fills in. A
 * physical SIM's subscription has no EID, and an empty eSIM slot has little else (Apple, "Device Information").
 *
 * @param eid the EID as the inventory spells it; null without an eSIM chip
 * @param imei the IMEI of the chip's slot, else the device's
 * @param iccids the profiles on the chip, of any carrier, without blanks
 */
record Cellular(@Nullable String eid, @Nullable String imei, List<String> iccids) {
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0-]+");

    static Cellular of(Fields device) {
        Fields network = device.object("network");
        // the slots come in any order, which must not look like a change of the device
        List<Fields> slots = device.list("serviceSubscriptions").stream()
                .sorted(Comparator.comparing(slot -> slot.textOrEmpty("slot")))
                .toList();
        String eid = slots.stream()
                .flatMap(slot -> number(slot, "eid").stream())
                .findFirst()
                .or(() -> number(network, "eid"))
                .orElse(null);
        List<Fields> own = eid == null ? List.of() : on(eid, slots);
        Optional<String> imei = own.stream()
                .flatMap(slot -> number(slot, "imei").stream())
                .findFirst()
                .or(() -> number(network, "imei"));
        return new Cellular(eid, imei.orElse(null), iccids(own.stream()));
    }

    private static Optional<String> number(Fields slot, String name) {
        return slot.text(name).filter(text -> !Placeholder.isNoNumber(text));
    }

    private static List<Fields> on(String eid, List<Fields> slots) {
        Optional<String> wanted = Optional.of(compact(eid));
        return slots.stream()
                .filter(slot -> slot.text("eid").map(Cellular::compact).equals(wanted))
                .toList();
    }

    private static List<String> iccids(Stream<Fields> slots) {
        return slots.flatMap(slot -> slot.text("iccid").stream())
                .map(Cellular::compact)
                .filter(iccid -> !iccid.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static String compact(String number) {
        return SEPARATORS.matcher(number).replaceAll("");
    }
}
