package io.celonamdm.settings.source;

import org.jspecify.annotations.Nullable;

/**
 * One key whose value has changed while the connector runs.
 *
 * @param key the full key; that of a sync as a whole if it was added or removed
 * @param sync the sync that it belongs to; null if to none
 * @param text how it has changed, with secrets masked
 * @param secret whether the value is a secret
 * @param atOnce whether it counts from now on; otherwise it counts from the next start
 */
public record SettingChange(String key, @Nullable String sync, String text, boolean secret, boolean atOnce) {
    @Override
    public String toString() {
        return key + ": " + text + (atOnce ? "" : " (counts from the next start)");
    }
}
