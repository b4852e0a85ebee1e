package io.celonamdm.preflight;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A check of a vendor, by a call documented as read-only, or of something local that a platform needs.
 *
 * @param name the subject, as the finding names it
 * @param route the id of its route in the route files
 * @param address the address that it calls; null if it calls nothing
 * @param addressKey the setting with that address, below the sync, such as {@code mdm.base-url}; empty if the vendor
 *     names the address
 * @param credentials what to do if the vendor does not know the caller (401)
 * @param grant what to do if the vendor knows the caller and refuses the call (403)
 * @param gate whether its failure makes the later checks pointless
 */
public record Check(
        String name,
        String route,
        @Nullable URI address,
        String addressKey,
        String credentials,
        String grant,
        boolean gate) {

    /** A local check. */
    public static Check here(String name, String route) {
        return new Check(name, route, null, "", "", "", false);
    }

    /** The host that is called; empty if none is. */
    String host() {
        return address == null || address.getHost() == null ? "" : address.getHost();
    }
}
