package io.celonamdm.simulator.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.jamf.Groups.Group;
import io.celonamdm.simulator.jamf.Rsql.Condition;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Static groups, version 2 (since Jamf Pro 11.28). */
final class StaticGroupsEndpoint {
    private final Devices devices;
    private final Groups groups;

    StaticGroupsEndpoint(Devices devices, Groups groups) {
        this.devices = devices;
        this.groups = groups;
    }

    Answer list(Request request) {
        String filter = request.query("filter").orElse("");
        List<Condition> conditions = filter.isEmpty() ? List.of() : Rsql.parse(filter, Set.of("groupName"));
        List<Group> found = groups.staticGroups().stream()
                .filter(group -> conditions.stream().allMatch(condition -> condition.has(group.name())))
                .toList();
        return Page.of(request).of(found, this::json);
    }

    Answer create(Request request) {
        JsonNode body = request.json();
        checkAssignments(body);
        Optional<Group> group =
                groups.create(nameIn(body), body.path("groupDescription").asText(""));
        if (group.isEmpty()) {
            return ApiErrors.error(422, "DUPLICATE_FIELD", "duplicate name", "groupName");
        }
        assign(group.get(), body);
        String href = "https://tenant.jamfcloud.com/api/v2/mobile-device-groups/static-groups/"
                + group.get().id();
        return Answer.json(201, Json.object("id", group.get().id(), "href", href));
    }

    Answer update(Request request) {
        Optional<Group> group = groups.staticGroup(request.lastSegment());
        if (group.isEmpty()) {
            return ApiErrors.notFound("Static group not found");
        }
        checkAssignments(request.json());
        if (!nameIn(request.json()).equals(group.get().name())) {
            throw new BadRequest("Renaming a group is not simulated");
        }
        assign(group.get(), request.json());
        return Answer.json(200, json(group.get()));
    }

    Answer membership(Request request) {
        Optional<Group> group = groups.staticGroup(request.lastSegment());
        if (group.isEmpty()) {
            return ApiErrors.notFound("Static group not found");
        }
        return Page.of(request).of(members(group.get()), this::row);
    }

    private static String nameIn(JsonNode body) {
        String name = body.path("groupName").asText("");
        if (name.isEmpty()) {
            throw new BadRequest("groupName must not be empty");
        }
        return name;
    }

    /** One unknown device fails the whole request. */
    private void checkAssignments(JsonNode body) {
        for (JsonNode assignment : body.path("assignments")) {
            String id = assignment.path("mobileDeviceId").asText();
            if (devices.byId(id).isEmpty()) {
                throw new BadRequest("Invalid mobile device id [" + id + "]");
            }
        }
    }

    private void assign(Group group, JsonNode body) {
        for (JsonNode assignment : body.path("assignments")) {
            Phone phone =
                    devices.byId(assignment.path("mobileDeviceId").asText()).orElseThrow();
            if (assignment.path("selected").asBoolean()) {
                phone.join(group.name());
            } else {
                phone.leave(group.name());
            }
        }
    }

    private List<Phone> members(Group group) {
        return devices.all().stream()
                .filter(phone -> phone.groups().contains(group.name()))
                .toList();
    }

    private Object json(Group group) {
        return Json.object(
                "groupId",
                group.id(),
                "groupName",
                group.name(),
                "groupDescription",
                group.description(),
                "siteId",
                "-1",
                "count",
                members(group).size());
    }

    private Object row(Phone phone) {
        return Json.object(
                "mobileDeviceId",
                devices.id(phone),
                "displayName",
                phone.name(),
                "serialNumber",
                phone.serialNumber(),
                "managementId",
                phone.managementId(),
                "eid",
                phone.reportedEid());
    }
}
