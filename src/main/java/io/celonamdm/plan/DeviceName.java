package io.celonamdm.plan;

import io.celonamdm.esim.Eid;
import io.celonamdm.platform.MdmDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names devices by a template, as they shall be called at Celona. */
public final class DeviceName {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final int EID_DIGITS = 8;

    private final List<NamePart> parts;
    private final int maxLength;

    /**
     * @param template text with placeholders: {@code {name}}, {@code {serial}}, {@code {model}}, {@code {user}},
     *     {@code {id}}, {@code {attribute:Key}}; {@code {name|serial}} takes the first that is not empty
     * @param maxLength the most code points of a name, at least 1
     * @throws IllegalArgumentException if the template has a placeholder that does not exist, or a brace without its
     *     counterpart, or if {@code maxLength} is less than 1
     */
    public DeviceName(String template, int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("a device name needs at least 1 character, not " + maxLength);
        }
        this.parts = parse(template);
        this.maxLength = maxLength;
    }

    /**
     * The device's name: the filled template, or the serial number where that is empty, or {@code device-} with the
     * EID's last eight digits where that is empty too.
     *
     * @return a name that {@link SafeText} has cleaned; never empty
     */
    public String of(MdmDevice device, Eid eid) {
        StringBuilder filled = new StringBuilder();
        parts.forEach(part -> filled.append(part.of(device)));
        String digits = eid.value().substring(eid.value().length() - EID_DIGITS);
        return Stream.of(filled.toString(), device.serialNumber(), "device-" + digits)
                .map(name -> SafeText.clean(name, maxLength))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static List<NamePart> parse(String template) {
        List<NamePart> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int end = 0;
        while (placeholder.find()) {
            parts.add(literal(template.substring(end, placeholder.start())));
            parts.add(NamePart.placeholder(placeholder.group(1)));
            end = placeholder.end();
        }
        parts.add(literal(template.substring(end)));
        return List.copyOf(parts);
    }

    private static NamePart literal(String text) {
        if (text.contains("{") || text.contains("}")) {
            throw new IllegalArgumentException("a brace without its counterpart in the device name near \"" + text
                    + "\"; placeholders are " + NamePart.KNOWN);
        }
        return device -> text;
    }
}
