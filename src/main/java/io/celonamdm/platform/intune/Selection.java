package io.celonamdm.platform.intune;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.settings.mdm.IntuneSettings;
import java.util.List;
import java.util.Locale;

/**
 * Selects the devices that match the settings. Graph ignores filters that it does not support, so each device is
 * checked.
 */
record Selection(List<String> systems, List<String> categories) {
    Selection(IntuneSettings settings) {
        this(
                settings.operatingSystems().stream().map(Selection::plain).toList(),
                settings.categories().stream().map(Selection::plain).toList());
    }

    boolean has(MdmDevice device) {
        return (systems.isEmpty() || systems.stream().anyMatch(plain(device.os())::startsWith))
                && (categories.isEmpty() || categories.contains(plain(device.category())));
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
