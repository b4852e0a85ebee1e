package io.celonamdm.celona;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of the answers of both Celona APIs. "Celona eSIM Lifecycle Management" shows {@code {code, data, error,
 * success}}, "Bulk Device Activation and Device Group Assignment API" shows {@code {data, responseMeta: {code, error,
 * success}}}.
 *
 * @param success whether Celona accepted the call; says nothing about single devices
 * @param code the code, usually an HTTP status; 0 if missing
 * @param error the reason for a refusal; may be empty
 * @param data the members of {@code data}; empty if there are none
 */
public record Envelope(boolean success, int code, String error, Fields data) {

    private static final String EXPECTED = "an object with success, code, error and data";

    /**
     * Reads an envelope of either kind.
     *
     * @param json parsed JSON: maps, lists, texts, numbers, booleans, null
     * @throws UnreadableAnswer if this is not an envelope, which must at least have {@code success}
     */
    public static Envelope of(@Nullable Object json) {
        Fields answer = Fields.of(json);
        Fields meta = answer.has("responseMeta") ? answer.object("responseMeta") : answer;
        boolean success = switch (meta.anyText("success").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnreadableAnswer(EXPECTED, json);
        };
        Object data = answer.map().get("data");
        if (success && data != null && !(data instanceof Map)) {
            throw new UnreadableAnswer(EXPECTED, json);
        }
        return new Envelope(success, code(meta), meta.anyText("error"), Fields.of(data));
    }

    /**
     * The data of an accepted call.
     *
     * @throws Refused if Celona refused the call
     */
    Fields accepted() {
        if (!success) {
            throw new Refused(code, error);
        }
        return data;
    }

    private static int code(Fields meta) {
        try {
            return (int) Double.parseDouble(meta.anyText("code"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
