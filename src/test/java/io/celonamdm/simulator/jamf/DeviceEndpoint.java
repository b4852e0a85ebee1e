package io.celonamdm.simulator.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.ArrayList;
import java.util.List;

/** {@code PATCH /api/v2/mobile-devices/{id}} of the schema, for extension attributes alone. */
final class DeviceEndpoint {
    private final Devices devices;
    private final JamfSettings settings;

    DeviceEndpoint(Devices devices, JamfSettings settings) {
        this.devices = devices;
        this.settings = settings;
    }

    Answer update(Request request) {
        String id = request.lastSegment();
        if (devices.byId(id).isEmpty()) {
            return ApiErrors.notFound("Mobile device not found");
        }
        JsonNode attributes = request.json().path("updatedExtensionAttributes");
        for (JsonNode attribute : attributes) {
            check(attribute);
        }
        for (JsonNode attribute : attributes) {
            devices.attribute(id, attribute.path("name").asText(), texts(attribute.path("value")));
        }
        return Answer.json(200, Json.object("id", id, "extensionAttributes", devices.attributes(id)));
    }

    private void check(JsonNode attribute) {
        String name = attribute.path("name").asText();
        if (!settings.hasExtensionAttribute(name)) {
            throw new BadRequest("Extension attribute [" + name + "] does not exist");
        }
        if (!attribute.path("value").isArray()) {
            throw new BadRequest("The value of extension attribute [" + name + "] is not an array");
        }
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
    }
}
