package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;

/** Errors in Graph's format; Intune's own are a JSON text inside it. */
final class GraphErrors {
    private GraphErrors() {}

    static Answer error(int status, String code, String message) {
        Object inner = Json.object("date", "2026-11-24T04:30:00", "request-id", "6f1e9c0a-0000-4d8e-8a5e-0c2b7d3e9f10");
        return Answer.json(
                status, Json.object("error", Json.object("code", code, "message", message, "innerError", inner)));
    }

    static Answer unauthorized() {
        return error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
    }

    static Answer forbidden() {
        String nested = Json.write(Json.object(
                "_version",
                3,
                "Message",
                "Application is not authorized to perform this operation - Operation ID (for customer support): 0",
                "CustomApiErrorPhrase",
                ""));
        return error(403, "Forbidden", nested);
    }

    static Answer badRequest(String message) {
        return error(400, "BadRequest", message);
    }

    static Answer notFound() {
        return error(404, "ResourceNotFound", "The requested resource was not found");
    }
}
