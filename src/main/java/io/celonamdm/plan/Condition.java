package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A compiled condition. */
final class Condition {
    private final List<Predicate<MdmDevice>> all = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if the condition has faults
     */
    Condition(When when) {
        when.faults().stream().findFirst().ifPresent(fault -> {
            throw new IllegalArgumentException("a condition " + fault.key() + " " + fault.text());
        });
        when.patterns().forEach((key, pattern) -> all.add(test(key, new TextPattern(pattern))));
        when.attributes().forEach((key, written) -> {
            TextPattern pattern = new TextPattern(written);
            all.add(device -> pattern.matches(Attributes.of(device, key)));
        });
    }

    boolean holds(MdmDevice device) {
        return all.stream().allMatch(each -> each.test(device));
    }

    private static Predicate<MdmDevice> test(String key, TextPattern pattern) {
        if ("mdm-group".equals(key)) {
            return device -> device.groups().stream().anyMatch(pattern::matches);
        }
        Function<MdmDevice, String> field = switch (key) {
            case "category" -> MdmDevice::category;
            case "name" -> MdmDevice::name;
            case "serial" -> MdmDevice::serialNumber;
            case "user" -> MdmDevice::user;
            case "model" -> MdmDevice::model;
            case "os" -> MdmDevice::os;
            default -> throw new IllegalArgumentException(key);
        };
        return device -> pattern.matches(field.apply(device));
    }
}
