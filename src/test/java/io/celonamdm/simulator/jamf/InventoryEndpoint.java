package io.celonamdm.simulator.jamf;

import static java.util.Comparator.comparing;

import io.celonamdm.simulator.jamf.Rsql.Equality;
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
        List<Equality> equalities = filter.isEmpty() ? List.of() : Rsql.parse(filter, FILTERS);
        Stream<Phone> found = devices.all().stream()
                .peek(devices::id)
                .filter(phone -> equalities.stream().allMatch(equality -> matches(phone, equality)))
                .sorted(order(request.query("sort").orElse("displayName:asc")));
        return page.of(found.toList(), phone -> new InventoryRecord(phone, devices, groups, sections).json());
    }

    private boolean matches(Phone phone, Equality equality) {
        String value = equality.value();
        return switch (equality.field()) {
            case "managed" -> String.valueOf(phone.managed()).equals(value);
            case "serialNumber" -> phone.serialNumber().equals(value);
            case "groupName" -> phone.groups().contains(value);
            default ->
                phone.groups().stream().anyMatch(name -> groups.named(name).id().equals(value));
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
