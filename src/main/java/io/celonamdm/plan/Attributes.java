package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import java.util.Locale;
import java.util.Map;

/** Finds attributes by the names that operators write; a settings file cannot spell every name of an MDM. */
final class Attributes {
    /** The prefix of an attribute's name in a template or setting. */
    static final String PREFIX = "attribute:";

    private Attributes() {}

    /**
     * The attribute's value: by its exact name, or else by the first name with the same letters and digits.
     *
     * @return empty if there is none
     */
    static String of(MdmDevice device, String name) {
        String exact = device.attributes().get(name);
        return exact != null ? exact : like(device.attributes(), letters(name));
    }

    private static String like(Map<String, String> attributes, String letters) {
        return attributes.keySet().stream()
                .sorted()
                .filter(key -> letters(key).equals(letters))
                .findFirst()
                .map(attributes::get)
                .orElse("");
    }

    private static String letters(String name) {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
