package io.celonamdm.preflight;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A look at a vendor, by a call that is documented to read, or at something on this side that a platform needs.
 *
 * @param name what was looked at, in the finding
 * @param route the id of the route that makes it, in the route files
 * @param address where it calls; null if it calls nothing
 * @param addressKey the setting with that address, below the sync, such as {@code mdm.base-url}; empty if
 *     the vendor names the address
 * @param credentials what to do if the vendor does not know the caller (401)
 * @param grant what to do if the vendor knows the caller and refuses the call (403)
 * @param gate whether the checks after it make no sense if it fails
 */
public record Check(
        String name,
        String route,
        @Nullable URI address,
        String addressKey,
        String credentials,
        String grant,
        boolean gate) {

    /** A look at something on this side. */
    public static Check here(String name, String route) {
        return new Check(name, route, null, "", "", "", false);
    }

    /** The host that is called; empty if none is. */
    String host() {
        return address == null || address.getHost() == null ? "" : address.getHost();
    }
}
