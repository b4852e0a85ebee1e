package io.celonamdm.simulator.intune;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Managed devices: the list, a single one, and the eSIM action, alone and in bulk. */
final class DevicesEndpoint {
    private static final int MOST_IN_BULK = 100;

    private final Enrolments enrolments;
    private final IntuneSettings settings;
    private final CellularPlans plans;

    DevicesEndpoint(Enrolments enrolments, IntuneSettings settings, CellularPlans plans) {
        this.enrolments = enrolments;
        this.settings = settings;
        this.plans = plans;
    }

    /** Like Graph, it overlooks the filter. */
    Answer list(Request request) {
        return Pages.answer(request, enrolments.all(), settings.pageSize(), ManagedDevice::json);
    }

    Answer get(Request request) {
        String select = request.query("$select").orElse("");
        return enrolments
                .byId(request.lastSegment())
                .map(device -> {
                    Map<String, @Nullable Object> json = device.json();
                    if (select.contains("hardwareInformation")) {
                        json = device.hardware();
                    } else if (select.contains("deviceActionResults")) {
                        json = device.actionResults(settings.actionLag());
                    }
                    return Answer.json(200, json);
                })
                .orElseGet(GraphErrors::notFound);
    }

    Answer activate(Request request) {
        String[] segments = request.path().split("/", -1);
        Optional<ManagedDevice> device = enrolments.byId(segments[segments.length - 2]);
        if (device.isEmpty()) {
            return GraphErrors.notFound();
        }
        if (!device.get().takesEsimAction()) {
            return GraphErrors.badRequest("The action is not supported for this device.");
        }
        command(device.get(), request.json().path("carrierUrl").asText());
        return new Answer(204, "application/json", "", Map.of());
    }

    Answer execute(Request request) {
        JsonNode body = request.json();
        if (!settings.bulk() || !body.path("actionName").asText().equals("activateDeviceEsim")) {
            return GraphErrors.badRequest("Unknown action");
        }
        if (body.path("deviceIds").size() > MOST_IN_BULK) {
            return GraphErrors.badRequest("Too many devices");
        }
        List<String> successful = new ArrayList<>();
        List<String> notFound = new ArrayList<>();
        List<String> notSupported = new ArrayList<>();
        Map<String, ManagedDevice> known = enrolments.byId();
        for (JsonNode id : body.path("deviceIds")) {
            ManagedDevice device = known.get(id.asText());
            if (device == null) {
                notFound.add(id.asText());
            } else if (!device.takesEsimAction()) {
                notSupported.add(id.asText());
            } else {
                command(device, body.path("carrierUrl").asText());
                successful.add(id.asText());
            }
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("successfulDeviceIds", successful);
        result.put("failedDeviceIds", List.of());
        result.put("notFoundDeviceIds", notFound);
        result.put("notSupportedDeviceIds", notSupported);
        return Answer.json(200, settings.wrapped() ? Json.object("value", result) : result);
    }

    private void command(ManagedDevice device, String carrierUrl) {
        EsimAction action = device.add(carrierUrl);
        // Android takes the address between dollar signs
        boolean android = device.os().startsWith("Android");
        String address = android ? carrierUrl.replaceFirst("^\\$(.+)\\$$", "https://$1") : carrierUrl;
        plans.refresh(device.phone(), address, action::answer);
    }
}
