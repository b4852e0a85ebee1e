package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import java.util.List;
import java.util.stream.Stream;

/** Names devices at Celona by a template. */
public final class DeviceName {
    private static final int EID_DIGITS = 8;

    private final NameField template;
    private final int maxLength;

    /**
     * @param template text with placeholders: {@code {name}}, {@code {serial}}, {@code {model}}, {@code {user}}, {@code
     *     {os}}, {@code {category}}, {@code {id}}, {@code {imei}}, {@code {eid}}, {@code {group}} (the first group in
     *     the MDM) and {@code {attribute:Key}}; {@code {name|serial|'text'}} takes the first that is not empty, and
     *     {@code {serial:last4:upper}} applies functions to a field
     * @param maxLength the most code points of a name, at least 1
     * @throws IllegalArgumentException if the template has {@link #problems}, or if {@code maxLength} is less than 1
     */
    public DeviceName(String template, int maxLength) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("a device name needs at least 1 character, not " + maxLength);
        }
        NameTemplate read = new NameTemplate(template);
        if (!read.problems().isEmpty()) {
            throw new IllegalArgumentException("the device name " + String.join("; it ", read.problems()));
        }
        this.template = read.field();
        this.maxLength = maxLength;
    }

    /** All problems of a template, with what is allowed instead; empty if it is valid. */
    public static List<String> problems(String template) {
        return new NameTemplate(template).problems();
    }

    /**
     * The device's name: the filled template, or the serial number where that is empty, or {@code device-} with the
     * EID's last eight digits where that is empty too.
     *
     * @return a name that {@link SafeText} has cleaned; never empty
     */
    public String of(MdmDevice device, Eid eid) {
        String digits = eid.value().substring(eid.value().length() - EID_DIGITS);
        return Stream.of(template.of(device, eid), device.serialNumber(), "device-" + digits)
                .map(name -> SafeText.clean(name, maxLength))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
