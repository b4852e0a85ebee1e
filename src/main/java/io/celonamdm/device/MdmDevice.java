package io.celonamdm.device;

import io.celonamdm.esim.Placeholder;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.text.Invisible;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device from the MDM's inventory, before any check.
 *
 * @param id the MDM's id of the record; unique in the tenant
 * @param managementId the id for commands; null if the device cannot be commanded
 * @param name the device's name; may be empty
 * @param serialNumber the serial number; may be empty
 * @param model the model; may be empty
 * @param user the assigned user; may be empty
 * @param os the operating system as the MDM names it, such as iOS, Android or Windows; may be empty
 * @param category the MDM's category of the device; may be empty
 * @param eid the EID as the inventory spells it; null for a device without an eSIM chip
 * @param imei the IMEI as the inventory spells it
 * @param givenIccid the ICCID of the eSIM that the device must get; null lets Celona choose
 * @param iccids ICCIDs of the profiles that the inventory shows on this EID, of any carrier
 * @param groups names of the MDM groups that the device is in
 * @param enrolledAt when the device was last enrolled
 * @param inventoryAt when the device last reported its inventory
 * @param excluded the platform's reason not to serve this device; null for none
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
     * Copies the collections. Placeholders for missing numbers and unset dates become null; texts lose invisible
     * characters.
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
        return toBuilder().eid(other).build();
    }

    /** A device of which nothing is known but the MDM's id of its record. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** A builder that begins with what is known of this device. */
    public Builder toBuilder() {
        return new Builder(id)
                .managementId(managementId)
                .name(name)
                .serialNumber(serialNumber)
                .model(model)
                .user(user)
                .os(os)
                .category(category)
                .eid(eid)
                .imei(imei)
                .givenIccid(givenIccid)
                .iccids(iccids)
                .groups(groups)
                .enrolledAt(enrolledAt)
                .inventoryAt(inventoryAt)
                .excluded(excluded)
                .attributes(attributes);
    }

    /** Builds a device from what its MDM shows of it; whatever is not said is empty or absent. */
    public static final class Builder {
        private final String id;
        private @Nullable String managementId;
        private String name = "";
        private String serialNumber = "";
        private String model = "";
        private String user = "";
        private String os = "";
        private String category = "";
        private @Nullable String eid;
        private @Nullable String imei;
        private @Nullable String givenIccid;
        private List<String> iccids = List.of();
        private List<String> groups = List.of();
        private @Nullable Instant enrolledAt;
        private @Nullable Instant inventoryAt;
        private @Nullable ReasonCode excluded;
        private Map<String, String> attributes = Map.of();

        private Builder(String id) {
            this.id = id;
        }

        public Builder managementId(@Nullable String value) {
            this.managementId = value;
            return this;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder serialNumber(String value) {
            this.serialNumber = value;
            return this;
        }

        public Builder model(String value) {
            this.model = value;
            return this;
        }

        public Builder user(String value) {
            this.user = value;
            return this;
        }

        public Builder os(String value) {
            this.os = value;
            return this;
        }

        public Builder category(String value) {
            this.category = value;
            return this;
        }

        public Builder eid(@Nullable String value) {
            this.eid = value;
            return this;
        }

        public Builder imei(@Nullable String value) {
            this.imei = value;
            return this;
        }

        public Builder givenIccid(@Nullable String value) {
            this.givenIccid = value;
            return this;
        }

        public Builder iccids(List<String> value) {
            this.iccids = value;
            return this;
        }

        public Builder groups(List<String> value) {
            this.groups = value;
            return this;
        }

        public Builder enrolledAt(@Nullable Instant value) {
            this.enrolledAt = value;
            return this;
        }

        public Builder inventoryAt(@Nullable Instant value) {
            this.inventoryAt = value;
            return this;
        }

        public Builder excluded(@Nullable ReasonCode value) {
            this.excluded = value;
            return this;
        }

        public Builder attributes(Map<String, String> value) {
            this.attributes = value;
            return this;
        }

        /** The device. */
        public MdmDevice build() {
            return new MdmDevice(
                    id,
                    managementId,
                    name,
                    serialNumber,
                    model,
                    user,
                    os,
                    category,
                    eid,
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
}
