package io.celonamdm.operations.access;

import io.celonamdm.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Explains why a call was denied, and what would help. */
@Component
class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        Bodies.unread(request, response);
        if (why instanceof SlowedLogins.TooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "60");
            answer(response, 429, String.valueOf(why.getMessage()));
            return;
        }
        response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Celona MDM connector\"");
        answer(
                response,
                401,
                "sign in with a user of connector.security.users, or with a token; %s".formatted(why.getMessage()));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Bodies.unread(request, response);
        if (why instanceof OwnOrigin.Foreign) {
            answer(response, 403, String.valueOf(why.getMessage()));
            return;
        }
        boolean rings = request.getServletPath().startsWith("/hooks/");
        boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        answer(
                response,
                403,
                "%s needs the role %s, which %s does not have"
                        .formatted(
                                request.getMethod(),
                                rings ? "CALLER" : reads ? "VIEWER" : "OPERATOR",
                                request.getUserPrincipal() == null
                                        ? "nobody"
                                        : request.getUserPrincipal().getName()));
    }

    private static void answer(HttpServletResponse response, int status, String error) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(Json.write(Map.of("error", error)));
    }
}
