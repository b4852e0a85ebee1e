package io.celonamdm.platform.applebusiness;

import io.celonamdm.json.Fields;
import java.util.Optional;

/**
 * A device of an organization ({@code orgDevices}).
 *
 * @param id Apple's id of it: its serial number, as far as is known
 * @param attributes what Apple knows of it
 */
record OrgDevice(String id, Fields attributes) {
    static OrgDevice of(Fields resource) {
        return new OrgDevice(resource.textOrEmpty("id"), resource.object("attributes"));
    }

    String serialNumber() {
        return attributes.text("serialNumber").orElse(id);
    }

    Optional<String> eid() {
        return first("eid");
    }

    Optional<String> imei() {
        return first("imei");
    }

    String family() {
        return attributes.textOrEmpty("productFamily");
    }

    /** Whether the organization has given it away. */
    boolean isReleased() {
        return attributes.has("releasedFromOrgDateTime");
    }

    /** A text, or the first of a list of them: the documents show lists for numbers of which a device may have two. */
    private Optional<String> first(String name) {
        return attributes.text(name).or(() -> attributes.texts(name).stream().findFirst());
    }
}
