package io.celonamdm.operations.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects browser requests caused by another site, or another port of the same host: they would carry the login, and
 * perhaps a planted cookie. Programs send neither header.
 */
class OwnOrigin extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final AccessDeniedHandler denials;

    OwnOrigin(AccessDeniedHandler denials) {
        this.denials = denials;
    }

    /** Thrown when a request was refused because of its origin. */
    static final class Foreign extends AccessDeniedException {
        private static final long serialVersionUID = 1L;

        Foreign() {
            super(
                    "The request came from another site than this one, so nothing was changed. Behind a proxy, have it send"
                            + " the X-Forwarded headers, and set server.forward-headers-strategy to native.");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (READING.contains(request.getMethod()) || isOwn(request)) {
            chain.doFilter(request, response);
        } else {
            denials.handle(request, response, new Foreign());
        }
    }

    private static boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return (site == null || OWN_SITE.contains(site)) && (origin == null || isOwn(origin, request));
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        try {
            URI from = URI.create(origin);
            return request.getScheme().equalsIgnoreCase(from.getScheme())
                    && request.getServerName().equalsIgnoreCase(from.getHost())
                    && request.getServerPort() == port(from);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI origin) {
        return origin.getPort() >= 0 ? origin.getPort() : usual(origin.getScheme());
    }

    private static int usual(@Nullable String scheme) {
        return "https".equals(scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) ? 443 : 80;
    }
}
