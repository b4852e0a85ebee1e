package io.celonamdm.settings.source;

import io.celonamdm.settings.Secrets;
import io.celonamdm.settings.check.Keys;
import io.celonamdm.settings.check.WrittenSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Compares the earlier settings with those written now, key by key. */
final class Differences {
    private static final ConfigurationPropertyName JITTER = ConfigurationPropertyName.of("connector.jitter");
    private static final int SYNC = Keys.SYNCS.getNumberOfElements();

    private final WrittenSettings before;
    private final WrittenSettings now;

    Differences(WrittenSettings before, WrittenSettings now) {
        this.before = before;
        this.now = now;
    }

    /** All changes in order of key; an added or removed sync is one change. */
    List<SettingChange> list() {
        Set<ConfigurationPropertyName> keysBefore = before.exactKeys();
        Set<ConfigurationPropertyName> keysNow = now.exactKeys();
        Set<String> syncsBefore = syncs(keysBefore);
        Set<String> syncsNow = syncs(keysNow);
        List<SettingChange> changes = new ArrayList<>();
        syncsNow.stream()
                .filter(sync -> !syncsBefore.contains(sync))
                .forEach(sync -> changes.add(wholeSync(sync, "added")));
        syncsBefore.stream()
                .filter(sync -> !syncsNow.contains(sync))
                .forEach(sync -> changes.add(wholeSync(sync, "removed")));
        Set<ConfigurationPropertyName> keys = new TreeSet<>(keysBefore);
        keys.addAll(keysNow);
        for (ConfigurationPropertyName key : keys) {
            String sync = sync(key);
            if (sync == null || (syncsBefore.contains(sync) && syncsNow.contains(sync))) {
                compare(key, sync, changes);
            }
        }
        return changes;
    }

    private void compare(ConfigurationPropertyName key, @Nullable String sync, List<SettingChange> changes) {
        String old = before.value(key).orElse(null);
        String value = now.value(key).orElse(null);
        if (old == null ? value == null : old.equals(value)) {
            return;
        }
        boolean secret = before.isSecret(key) || now.isSecret(key);
        String text = secret ? "changed" : shown(old) + " -> " + shown(value);
        boolean atOnce = sync != null || JITTER.equals(key);
        changes.add(new SettingChange(key.toString(), sync, text, secret, atOnce));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "not set" : value.isBlank() ? "\"\"" : Secrets.shown(value, false);
    }

    private static SettingChange wholeSync(String sync, String text) {
        return new SettingChange(Keys.SYNCS + "." + sync, sync, text, false, true);
    }

    private static Set<String> syncs(Set<ConfigurationPropertyName> keys) {
        return keys.stream()
                .map(Differences::sync)
                .filter(name -> name != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String sync(ConfigurationPropertyName key) {
        return Keys.SYNCS.isAncestorOf(key) ? key.getElement(SYNC, Form.ORIGINAL) : null;
    }
}
