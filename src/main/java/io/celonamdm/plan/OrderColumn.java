package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SmdpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A column of an order: its header, and a template for its value. */
public final class OrderColumn {
    private static final String KNOWN = "{activation-code}, {smdp-address}, {smdp-host}, " + NameField.KNOWN;

    private final String header;
    private final NameField template;

    /**
     * @param written the header, an equals sign, and a template with the placeholders of {@link DeviceName}, and {@code
     *     {activation-code}}, {@code {smdp-address}} and {@code {smdp-host}}
     * @param address where the devices of the order download
     * @throws IllegalArgumentException if the column has {@link #problems}
     */
    public OrderColumn(String written, SmdpAddress address) {
        List<String> problems = problems(written);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the column " + String.join("; it ", problems));
        }
        header = header(written);
        template = template(written, address.url(), address.host(), address.activationCode())
                .field();
    }

    /** All problems of a column, with what is allowed instead; empty if it is valid. */
    public static List<String> problems(String written) {
        List<String> problems = new ArrayList<>();
        if (header(written).isEmpty()) {
            problems.add("has no header; a column is written Header=template, such as IMEI={imei}");
        }
        problems.addAll(template(written, "", "", "").problems());
        return problems;
    }

    /** The text before the first equals sign; empty if there is none. */
    public static String header(String written) {
        return written.substring(0, Math.max(0, written.indexOf('='))).strip();
    }

    /** The column's header. */
    public String header() {
        return header;
    }

    /** The value of the column for a device; empty if the MDM does not show it. */
    public String of(MdmDevice device, Eid eid) {
        return template.of(device, eid);
    }

    private static NameTemplate template(String written, String url, String host, String activationCode) {
        return new NameTemplate(
                written.substring(written.indexOf('=') + 1),
                Map.of(
                        "smdp-address",
                        (device, eid) -> url,
                        "smdp-host",
                        (device, eid) -> host,
                        "activation-code",
                        (device, eid) -> activationCode),
                KNOWN);
    }
}
