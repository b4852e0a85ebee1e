package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Placeholder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A part of a name template that shows a field of a device; may be empty. */
@FunctionalInterface
interface NameField {
    /** The placeholders that exist, as a message lists them. */
    String KNOWN = "{name}, {serial}, {model}, {user}, {os}, {category}, {id}, {imei}, {eid}, {group}, {attribute:Key},"
            + " and {first|second|'text'} for fallbacks";

    /** The fields of an MDM record; the EID and attributes are handled elsewhere. */
    Map<String, Function<MdmDevice, String>> FIELDS = Map.of(
            "name",
            MdmDevice::name,
            "serial",
            MdmDevice::serialNumber,
            "model",
            MdmDevice::model,
            "user",
            MdmDevice::user,
            "os",
            MdmDevice::os,
            "category",
            MdmDevice::category,
            "id",
            MdmDevice::id,
            "imei",
            device -> Optional.ofNullable(device.imei()).orElse(""),
            "group",
            device -> device.groups().stream().findFirst().orElse(""));

    /** The text of this part for a device. */
    String of(MdmDevice device, Eid eid);

    /** The first of several that is not empty. */
    static NameField firstOf(List<NameField> fields) {
        return (device, eid) -> fields.stream()
                .map(field -> field.of(device, eid))
                .filter(value -> !SafeText.clean(value, value.length()).isEmpty())
                .findFirst()
                .orElse("");
    }

    /** One after the other. */
    static NameField joined(List<NameField> fields) {
        return (device, eid) -> {
            StringBuilder text = new StringBuilder();
            fields.forEach(field -> text.append(field.of(device, eid)));
            return text.toString();
        };
    }

    /** A field by its name, with the key of an attribute; empty if there is no such field. */
    static Optional<NameField> named(String field, String key) {
        if ("attribute".equals(field) && !key.isEmpty()) {
            return Optional.of((device, eid) -> Placeholder.orEmpty(Attributes.of(device, key)));
        }
        if ("eid".equals(field)) {
            return Optional.of((device, eid) -> eid.value());
        }
        return Stream.ofNullable(FIELDS.get(field))
                .map(value -> (NameField) (device, eid) -> Placeholder.orEmpty(value.apply(device)))
                .findFirst();
    }

    /** This field after a function, which gets it stripped and without invisible characters. */
    default NameField then(Function<String, String> function) {
        return (device, eid) -> {
            String value = of(device, eid);
            return function.apply(SafeText.clean(value, value.length()));
        };
    }
}
