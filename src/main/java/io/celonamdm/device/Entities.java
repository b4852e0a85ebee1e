package io.celonamdm.device;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Decodes HTML character entities that a web form left in texts, such as the one for the ampersand in R and D. */
final class Entities {
    private Entities() {}

    /** The device with decoded name, user and other texts; its ids and numbers have no entities. */
    static MdmDevice decoded(MdmDevice device) {
        boolean none = device.attributes().values().stream().noneMatch(Entities::has)
                && device.groups().stream().noneMatch(Entities::has)
                && List.of(device.name(), device.model(), device.user(), device.category()).stream()
                        .noneMatch(Entities::has);
        return none
                ? device
                : device.toBuilder()
                        .name(decoded(device.name()))
                        .model(decoded(device.model()))
                        .user(decoded(device.user()))
                        .category(decoded(device.category()))
                        .groups(device.groups().stream().map(Entities::decoded).toList())
                        .attributes(device.attributes().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, each -> decoded(each.getValue()))))
                        .build();
    }

    private static boolean has(String text) {
        int mark = text.indexOf('&');
        return mark >= 0 && text.indexOf(';', mark) > 0;
    }

    private static String decoded(String text) {
        return has(text) ? HtmlUtils.htmlUnescape(text) : text;
    }
}
