package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors in the format of the schema's {@code ApiError}. */
final class ApiErrors {
    private ApiErrors() {}

    static Answer error(int status, @Nullable String code, String description, @Nullable String field) {
        Object cause = Json.object("code", code, "description", description, "id", "0", "field", field);
        return Answer.json(status, Json.object("httpStatus", status, "errors", List.of(cause)));
    }

    static Answer badRequest(String description) {
        return error(400, null, description, null);
    }

    static Answer invalidToken() {
        return error(401, "INVALID_TOKEN", "Unauthorized", null);
    }

    static Answer forbidden() {
        return error(403, "INVALID_PRIVILEGE", "Forbidden", null);
    }

    static Answer notFound(String description) {
        return error(404, "NOT_FOUND", description, null);
    }
}
