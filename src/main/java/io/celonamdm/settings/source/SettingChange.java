package io.celonamdm.settings.source;

import org.jspecify.annotations.Nullable;

/**
 * A key whose value changed while the connector runs.
 *
 * @param key the full key; the sync's key if it was added or removed
 * @param sync the sync that the key belongs to; null if it belongs to none
 * @param text how it changed, with secrets masked
 * @param secret whether the value is a secret
 * @param atOnce whether it applies now; otherwise it applies from the next start
 */
public record SettingChange(String key, @Nullable String sync, String text, boolean secret, boolean atOnce) {
    @Override
    public String toString() {
        return key + ": " + text + (atOnce ? "" : " (counts from the next start)");
    }
}
