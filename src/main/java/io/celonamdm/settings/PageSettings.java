package io.celonamdm.settings;

import io.celonamdm.settings.constraint.PageAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The page for people.
 *
 * @param address where browsers reach it, such as {@code https://esim.example.com}; notices and alerts then link to what
 *     they are about
 */
public record PageSettings(@Nullable @PageAddress URI address) {

    /** The address of a path of the page; null if the page's own address is not set. */
    public @Nullable String link(String path) {
        return address == null ? null : address.toString().replaceAll("/+$", "") + path;
    }
}
