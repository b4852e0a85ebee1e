package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cellular subscriptions of a device: a physical SIM has no EID, an empty eSIM slot has little more than an EID
 * (Apple's "Device Information"), and ICCIDs come in groups of four digits (Jamf's schema).
 */
final class Subscriptions {
    private final Phone phone;
    private final @Nullable String eid;

    Subscriptions(Phone phone, @Nullable String eid) {
        this.phone = phone;
        this.eid = eid;
    }

    List<Object> json() {
        List<Object> slots = new ArrayList<>();
        if (phone.ownership().personal()) {
            return slots;
        }
        List<String> others = phone.otherIccids();
        others.stream().limit(1).forEach(iccid -> slots.add(slot("One", "Primary", iccid, null, "T-Mobile")));
        if (eid == null) {
            return slots;
        }
        int before = slots.size();
        others.stream().skip(1).forEach(iccid -> slots.add(slot("Two", "Travel", iccid, eid, "Orange")));
        phone.celonaIccids().forEach(iccid -> slots.add(slot("Two", "Secondary", iccid, eid, "Celona")));
        if (slots.size() == before) {
            slots.add(Json.object("slot", "CTSubscriptionSlotTwo", "eid", eid));
        }
        return slots;
    }

    private static Object slot(String slot, String label, String iccid, @Nullable String eid, String carrier) {
        String digits = iccid.replaceAll("(.{4})(?=.)", "$1 ");
        return Json.object(
                "slot",
                "CTSubscriptionSlot" + slot,
                "label",
                label,
                "iccid",
                digits,
                "eid",
                eid,
                "imei",
                "35 882334 083223 0",
                "currentCarrierNetwork",
                carrier);
    }
}
