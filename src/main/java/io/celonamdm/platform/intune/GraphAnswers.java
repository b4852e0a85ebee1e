package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;

/**
 * Explains refusals of Microsoft Graph in plain words: Intune embeds its own JSON as text in Graph's, and a 403 does
 * not always name the missing permission.
 */
@Component
public class GraphAnswers {
    private static final String ACCEPTED = "accepted";

    GraphAnswers() {}

    /**
     * Accepts a good answer, or one whose status the exchange property {@code accepted} lists.
     *
     * @throws HttpOperationFailedException for any other, with the refusal in plain words
     */
    public void check(Exchange exchange) throws HttpOperationFailedException {
        Message answer = exchange.getMessage();
        int status = Objects.requireNonNullElse(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), 0);
        String accepted = Objects.requireNonNullElse(exchange.getProperty(ACCEPTED, String.class), "");
        if (status >= 300 && !Arrays.asList(accepted.split(",", -1)).contains(String.valueOf(status))) {
            throw failure(answer, status);
        }
        exchange.removeProperty(ACCEPTED);
    }

    private static HttpOperationFailedException failure(Message answer, int status) {
        String body = answer.getBody(String.class);
        Fields json = Fields.of(Json.parse(body == null ? "" : body).orElse(null));
        String words = words(json).orElse(body == null ? "" : body);
        if (status == 403) {
            words = "the app registration needs the application permission %s, with admin consent; %s"
                    .formatted(Permissions.neededFor(method(answer), path(answer)), words);
        }
        return new HttpOperationFailedException(
                uri(answer),
                status,
                "",
                null,
                headers(answer.getHeaders(), words(json).isPresent()),
                words);
    }

    /** The refusal in plain words; empty if the body is not of Graph's or Entra's shape. */
    static Optional<String> words(Fields json) {
        Fields error = json.object("error");
        Optional<String> graph = error.text("code")
                .map(code -> code + ": " + message(error.textOrEmpty("message"))
                        + error.object("innerError")
                                .text("request-id")
                                .map(id -> " (request-id " + id + ")")
                                .orElse(""));
        return graph.or(() -> json.text("error").map(code -> entra(code, json)));
    }

    private static String entra(String code, Fields json) {
        return Stream.of(
                        Optional.of(code),
                        json.text("error_description"),
                        json.text("trace_id").map(id -> "(trace_id " + id + ")"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static String message(String text) {
        return Json.parse(text)
                .map(Fields::of)
                .flatMap(inner ->
                        inner.text("Message").or(() -> inner.object("error").text("message")))
                .orElse(text);
    }

    private static String uri(Message answer) {
        return "graph" + path(answer);
    }

    private static String method(Message answer) {
        return String.valueOf(answer.getHeader(Exchange.HTTP_METHOD));
    }

    private static String path(Message answer) {
        return String.valueOf(answer.getHeader(Exchange.HTTP_PATH));
    }

    /** The explanation no longer shows that Microsoft itself answered; the request id does. */
    private static Map<String, String> headers(Map<String, Object> headers, boolean ownWords) {
        Map<String, String> texts = new HashMap<>();
        if (ownWords) {
            texts.put("request-id", "");
        }
        headers.forEach((name, value) -> {
            if (("Retry-After".equalsIgnoreCase(name) || "request-id".equalsIgnoreCase(name)) && value != null) {
                texts.put(name, value.toString());
            }
        });
        return texts;
    }
}
