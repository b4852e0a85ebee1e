package io.celonamdm.platform.jamf;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.FollowUpOrder.Target;
import io.celonamdm.json.Json;
import io.celonamdm.settings.mdm.MdmSettings.AttributeSettings;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** A device's extension attributes, for smart groups and reports ({@code UpdateMobileDeviceV2} of Jamf Pro's schema). */
@Component
public class JamfAttributes {
    JamfAttributes() {}

    /** The path of the device's record. */
    public String path(@Body FollowUpOrder order) {
        return "/api/v2/mobile-devices/" + Paths.segment(target(order).mdmId());
    }

    /** The attributes to write; others stay unchanged, and so does the address until it is known. */
    public byte[] update(@Body FollowUpOrder order, @ExchangeProperty("sync") Sync sync) {
        AttributeSettings names = sync.mdm().attributes();
        Target target = target(order);
        List<Object> attributes = new ArrayList<>();
        if (target.address() != null) {
            attributes.add(attribute(names.address(), target.address()));
        }
        attributes.add(attribute(names.state(), target.state()));
        return Json.write(Map.of("updatedExtensionAttributes", attributes)).getBytes(StandardCharsets.UTF_8);
    }

    private static Object attribute(String name, String value) {
        return Map.of("name", name, "type", "STRING", "value", List.of(value));
    }

    private static Target target(FollowUpOrder order) {
        if (order.targets().size() != 1) {
            throw new IllegalArgumentException("attributes are written for one device a call, not for "
                    + order.targets().size());
        }
        return order.targets().get(0);
    }
}
