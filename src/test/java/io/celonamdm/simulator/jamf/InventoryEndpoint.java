package io.celonamdm.simulator.jamf;

import static java.util.Comparator.comparing;

import io.celonamdm.simulator.jamf.Rsql.Condition;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code GET /api/v2/mobile-devices/detail} of the schema. */
final class InventoryEndpoint {
    private static final Set<String> FILTERS = Set.of("managed", "groupName", "groupId", "serialNumber");

    private final Devices devices;
    private final Groups groups;

    InventoryEndpoint(Devices devices, Groups groups) {
        this.devices = devices;
        this.groups = groups;
    }

    Answer list(Request request) {
        Set<Section> sections = Section.of(request);
        Page page = Page.of(request);
        String filter = request.query("filter").orElse("");
        List<Condition> conditions = filter.isEmpty() ? List.of() : Rsql.parse(filter, FILTERS);
        Stream<Phone> found = devices.all().stream()
                .peek(devices::id)
                .filter(phone -> conditions.stream().allMatch(condition -> matches(phone, condition)))
                .sorted(order(request.query("sort").orElse("displayName:asc")));
        return page.of(found.toList(), phone -> new InventoryRecord(phone, devices, groups, sections).json());
    }

    private boolean matches(Phone phone, Condition condition) {
        return switch (condition.field()) {
            case "managed" -> condition.has(String.valueOf(phone.managed()));
            case "serialNumber" -> condition.has(phone.serialNumber());
            case "groupName" -> phone.groups().stream().anyMatch(condition::has);
            default ->
                phone.groups().stream()
                        .anyMatch(name -> condition.has(groups.named(name).id()));
        };
    }

    private Comparator<Phone> order(String sort) {
        int colon = sort.indexOf(':');
        String field = colon < 0 ? sort : sort.substring(0, colon);
        Comparator<Phone> ascending = switch (field) {
            case "displayName" -> comparing(Phone::name);
            case "serialNumber" -> comparing(Phone::serialNumber);
            case "lastEnrolledDate" -> comparing(Phone::lastEnrolled);
            case "mobileDeviceId" -> comparing(phone -> Integer.valueOf(devices.id(phone)));
            default -> throw new BadRequest("Cannot sort by field [" + field + "]");
        };
        return sort.endsWith(":desc") ? ascending.reversed() : ascending;
    }
}
