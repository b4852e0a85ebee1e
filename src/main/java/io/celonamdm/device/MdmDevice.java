package io.celonamdm.device;

import io.celonamdm.esim.Placeholder;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Invisible;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device as the MDM's inventory shows it, before any check.
 *
 * @param id the MDM's id of the record; unique in the tenant
 * @param managementId the id to which commands are sent; null where the device cannot be commanded
 * @param name the device's name; may be empty
 * @param serialNumber the serial number; may be empty
 * @param model the model; may be empty
 * @param user the assigned user; may be empty
 * @param os the operating system in the MDM's word, such as iOS, Android or Windows; may be empty
 * @param category the MDM's category of the device; may be empty
 * @param eid the EID as the inventory spells it; null for a device without an eSIM chip
 * @param imei the IMEI as the inventory spells it
 * @param givenIccid the ICCID of the eSIM that the device must get; null leaves the choice to Celona
 * @param iccids ICCIDs of the profiles that the inventory shows on this EID, of any carrier
 * @param groups names of the MDM groups that the device is in
 * @param enrolledAt when the device was last enrolled
 * @param inventoryAt when the device last reported its inventory
 * @param excluded why the platform says that this device cannot be served; null if it can
 * @param attributes further fields by name, for naming and rules
 */
public record MdmDevice(
        String id,
        @Nullable String managementId,
        String name,
        String serialNumber,
        String model,
        String user,
        String os,
        String category,
        @Nullable String eid,
        @Nullable String imei,
        @Nullable String givenIccid,
        List<String> iccids,
        List<String> groups,
        @Nullable Instant enrolledAt,
        @Nullable Instant inventoryAt,
        @Nullable ReasonCode excluded,
        Map<String, String> attributes) {

    /**
     * Copies the collections. A word that stands for a number that is not there, and an unset date, count as nothing; what
     * people are shown of the device has no invisible characters.
     */
    public MdmDevice {
        id = Wording.plain(id);
        name = shown(name);
        serialNumber = Placeholder.orEmpty(shown(serialNumber));
        model = shown(model);
        user = shown(user);
        os = shown(os);
        category = shown(category);
        eid = Wording.number(eid);
        imei = Wording.number(imei);
        givenIccid = Wording.number(givenIccid);
        iccids = Wording.numbers(iccids);
        groups = groups.stream().map(Wording::plain).toList();
        enrolledAt = Wording.date(enrolledAt);
        inventoryAt = Wording.date(inventoryAt);
        attributes = Wording.plain(attributes);
    }

    private static String shown(String text) {
        return Invisible.removed(Wording.plain(text)).replace('\n', ' ');
    }

    /** The same device with another EID. */
    public MdmDevice withEid(String other) {
        return new MdmDevice(
                id,
                managementId,
                name,
                serialNumber,
                model,
                user,
                os,
                category,
                other,
                imei,
                givenIccid,
                iccids,
                groups,
                enrolledAt,
                inventoryAt,
                excluded,
                attributes);
    }
}
