package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two shapes in which Celona wraps its answers. */
enum Envelope {
    /** {@code {code, data, error, success}}, as in "Celona eSIM Lifecycle Management". */
    RSP {
        @Override
        Map<String, @Nullable Object> wrap(int code, @Nullable Object data, String error) {
            return Json.object("code", code, "data", data, "error", error, "success", error.isEmpty());
        }
    },
    /** {@code {data, responseMeta: {code, error, success}}}, as in "Bulk Device Activation". */
    HSS {
        @Override
        Map<String, @Nullable Object> wrap(int code, @Nullable Object data, String error) {
            Object meta = Json.object("code", code, "error", error, "success", error.isEmpty());
            return Json.object("data", data, "responseMeta", meta);
        }
    };

    abstract Map<String, @Nullable Object> wrap(int code, @Nullable Object data, String error);

    static Envelope ofPath(String path) {
        return path.contains("/hss/") ? HSS : RSP;
    }

    Answer success(int status, int code, @Nullable Object data) {
        return Answer.json(status, wrap(code, data, ""));
    }

    Answer failure(int status, String error) {
        return failure(status, status, error);
    }

    Answer failure(int status, int code, String error) {
        return Answer.json(status, wrap(code, null, error));
    }
}
