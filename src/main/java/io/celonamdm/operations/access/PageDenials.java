package io.celonamdm.operations.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Asks a browser for a login, and explains denials on an error page. */
@Component
class PageDenials implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String WHY = "denial";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        Bodies.unread(request, response);
        if (why instanceof SlowedLogins.TooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "60");
            response.sendError(429);
            return;
        }
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Celona MDM connector\", charset=\"UTF-8\"");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Bodies.unread(request, response);
        request.setAttribute(WHY, reason(request, why));
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    private static String reason(HttpServletRequest request, AccessDeniedException why) {
        if (why instanceof OwnOrigin.Foreign) {
            return String.valueOf(why.getMessage());
        }
        return why instanceof CsrfException ? stale() : missingRole(request);
    }

    private static String stale() {
        return "The form was not sent from this page, or is too old. Nothing was changed: open the page again, and send it"
                + " once more.";
    }

    private static String missingRole(HttpServletRequest request) {
        String user = request.getUserPrincipal() == null
                ? "nobody"
                : request.getUserPrincipal().getName();
        return "\"%s\" may look, and not act. Nothing was changed: sign in as a user with the role OPERATOR for that."
                .formatted(user);
    }
}
