package io.celonamdm.http;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the answer to a token request. No failure quotes the answer, which may contain a token or the credentials. Only
 * codes from known lists are shown.
 */
@Component
public class TokenAnswers {
    private static final Set<String> BAD_CLIENT = Set.of("invalid_client", "unauthorized_client");

    /** RFC 6749, 4.1.2.1 and 5.2. */
    private static final List<String> CODES = List.of(
            "invalid_client",
            "unauthorized_client",
            "invalid_request",
            "invalid_grant",
            "invalid_scope",
            "unsupported_grant_type",
            "access_denied",
            "server_error",
            "temporarily_unavailable");

    /** Microsoft Entra's numbers, which its documents explain. */
    private static final Pattern ENTRA = Pattern.compile("\\bAADSTS\\d{4,8}\\b");

    /**
     * The answer as a map.
     *
     * @throws NotJson if it is not JSON, or has no {@code access_token}
     */
    public Map<?, ?> read(@Body @Nullable InputStream body, @Header(Exchange.CONTENT_TYPE) @Nullable String contentType)
            throws IOException {
        String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        if (Json.parse(text).orElse(null) instanceof Map<?, ?> answer
                && !Fields.of(answer).textOrEmpty("access_token").isBlank()) {
            return answer;
        }
        throw NotJson.ofTokenCall(contentType);
    }

    /**
     * Accepts an answer with a good status.
     *
     * @throws HttpOperationFailedException for any other status
     */
    public void check(Message answer) throws HttpOperationFailedException {
        int status = Objects.requireNonNullElse(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), 0);
        if (status >= 300) {
            Map<String, String> headers = new HashMap<>();
            answer.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
            String uri = String.valueOf(answer.getHeader(Exchange.HTTP_PATH));
            throw unquoted(new HttpOperationFailedException(
                    "the token endpoint" + uri, status, "", null, headers, answer.getBody(String.class)));
        }
    }

    /**
     * The refusal without the vendor's words. An unknown client, for which Jamf Pro and Entra answer 400, becomes 401,
     * as RFC 6749 (5.2) allows and as every other call reports it.
     */
    public static HttpOperationFailedException unquoted(HttpOperationFailedException refusal) {
        String body = String.valueOf(refusal.getResponseBody());
        String error = Fields.of(Json.parse(body).orElse(null)).text("error").orElse("");
        boolean badClient = refusal.getStatusCode() == 400 && BAD_CLIENT.contains(error);
        List<String> said = Stream.concat(
                        CODES.stream().filter(error::equals),
                        ENTRA.matcher(body).results().map(MatchResult::group).distinct())
                .toList();
        return new HttpOperationFailedException(
                refusal.getUri(),
                badClient ? 401 : refusal.getStatusCode(),
                "",
                null,
                refusal.getResponseHeaders(),
                said.isEmpty() ? "(an answer about tokens, not quoted)" : String.join(" ", said));
    }
}
