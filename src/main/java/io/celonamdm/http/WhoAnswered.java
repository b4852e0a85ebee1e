package io.celonamdm.http;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a vendor's own answer from that of a gateway, a proxy or a login page in between. A vendor is
 * recognised by the envelope of its answers; a refusal without one says nothing about the vendor.
 */
public final class WhoAnswered {
    /** The title of the pages that Jamf Pro's Classic API answers with. */
    private static final String CLASSIC = "<title>Status page</title>";

    private WhoAnswered() {}

    /** Vendors, by the shape of their answers. */
    public enum Vendor {
        /** Celona: whether the call succeeded, beside a code, data or an error. */
        CELONA {
            @Override
            boolean wrote(Fields answer, String text, Map<String, String> headers) {
                Fields meta = answer.map().containsKey("responseMeta") ? answer.object("responseMeta") : answer;
                Object success = meta.map().get("success");
                boolean said = success instanceof Boolean || "true".equals(success) || "false".equals(success);
                return said && (has(meta, "code") || has(meta, "error") || has(answer, "data"));
            }
        },
        /** Jamf Pro: a status with a list of errors, or a page of its Classic API. */
        JAMF {
            @Override
            boolean wrote(Fields answer, String text, Map<String, String> headers) {
                boolean errors = answer.map().get("errors") instanceof Iterable<?>;
                return (errors && (has(answer, "httpStatus") || has(answer, "traceId"))) || text.contains(CLASSIC);
            }
        },
        /** Microsoft Graph: an error with a code, or the id of the request. */
        GRAPH {
            @Override
            boolean wrote(Fields answer, String text, Map<String, String> headers) {
                return answer.object("error").text("code").isPresent()
                        || headers.keySet().stream().anyMatch("request-id"::equalsIgnoreCase);
            }
        },
        /** A custom platform; all that is known is that its API does not answer with web pages. */
        UNKNOWN {
            @Override
            boolean wrote(Fields answer, String text, Map<String, String> headers) {
                return !text.startsWith("<");
            }
        };

        abstract boolean wrote(Fields answer, String text, Map<String, String> headers);

        private static boolean has(Fields fields, String name) {
            return fields.map().containsKey(name);
        }
    }

    /**
     * Whether the vendor itself wrote the answer.
     *
     * @param body the answer; null or empty if there is none
     * @param headers its headers; null if they are not known
     */
    public static boolean isFrom(Vendor vendor, @Nullable String body, @Nullable Map<String, String> headers) {
        String text = body == null ? "" : body.strip();
        return vendor.wrote(Fields.of(Json.parse(text).orElse(null)), text, headers == null ? Map.of() : headers);
    }
}
