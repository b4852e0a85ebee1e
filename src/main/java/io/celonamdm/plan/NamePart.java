package io.celonamdm.plan;

import io.celonamdm.platform.MdmDevice;
import java.util.List;
import java.util.stream.Stream;

/** A piece of a name template. */
@FunctionalInterface
interface NamePart {

    /** The placeholders that exist, as a message lists them. */
    String KNOWN = "{name}, {serial}, {model}, {user}, {id}, {attribute:Key} and {first|second} for a fallback";

    /** What marks the name of an attribute. */
    String ATTRIBUTE = "attribute:";

    /** The text that this piece contributes; may be empty. */
    String of(MdmDevice device);

    /**
     * A placeholder with its fallbacks.
     *
     * @param body the text between the braces
     * @throws IllegalArgumentException if one of the fields does not exist
     */
    static NamePart placeholder(String body) {
        List<NamePart> fields =
                Stream.of(body.split("\\|", -1)).map(NamePart::field).toList();
        return device -> fields.stream()
                .map(field -> field.of(device))
                .filter(NamePart::showsSomething)
                .findFirst()
                .orElse("");
    }

    private static NamePart field(String written) {
        String field = written.strip();
        if (field.startsWith(ATTRIBUTE) && field.length() > ATTRIBUTE.length()) {
            String key = field.substring(ATTRIBUTE.length());
            return device -> device.attributes().getOrDefault(key, "");
        }
        return switch (field) {
            case "name" -> MdmDevice::name;
            case "serial" -> MdmDevice::serialNumber;
            case "model" -> MdmDevice::model;
            case "user" -> MdmDevice::user;
            case "id" -> MdmDevice::id;
            default ->
                throw new IllegalArgumentException(
                        "device names have no placeholder {" + field + "}; there are " + KNOWN);
        };
    }

    private static boolean showsSomething(String value) {
        return !SafeText.clean(value, value.length()).isEmpty();
    }
}
