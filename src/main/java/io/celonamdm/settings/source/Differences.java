package io.celonamdm.settings.source;

import io.celonamdm.settings.check.Keys;
import io.celonamdm.settings.check.WrittenSettings;
import io.celonamdm.settings.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Compares the earlier settings with those written now, key by key. */
final class Differences {
    private static final ConfigurationPropertyName JITTER = ConfigurationPropertyName.of("connector.jitter");

    private Differences() {}

    /** All changes in order of key; an added or removed sync is one change. */
    static List<SettingChange> between(WrittenSettings before, WrittenSettings now) {
        Set<ConfigurationPropertyName> keys = new TreeSet<>(before.exactKeys());
        Set<String> syncsBefore = syncs(keys);
        Set<String> syncsNow = syncs(now.exactKeys());
        List<SettingChange> changes = new ArrayList<>();
        syncsNow.stream()
                .filter(sync -> !syncsBefore.contains(sync))
                .forEach(sync -> changes.add(wholeSync(sync, "added")));
        syncsBefore.stream()
                .filter(sync -> !syncsNow.contains(sync))
                .forEach(sync -> changes.add(wholeSync(sync, "removed")));
        keys.addAll(now.exactKeys());
        for (ConfigurationPropertyName key : keys) {
            String sync = Keys.sync(key);
            String old = before.value(key).orElse(null);
            String value = now.value(key).orElse(null);
            boolean stays = sync == null || (syncsBefore.contains(sync) && syncsNow.contains(sync));
            if (stays && !Objects.equals(old, value)) {
                boolean secret = before.isSecret(key) || now.isSecret(key);
                String text = secret ? "changed" : shown(old) + " -> " + shown(value);
                boolean atOnce = sync != null || JITTER.equals(key);
                changes.add(new SettingChange(key.toString(), sync, text, secret, atOnce));
            }
        }
        return changes;
    }

    private static String shown(@Nullable String value) {
        return value == null ? "not set" : value.isBlank() ? "\"\"" : Secrets.shown(value, false);
    }

    private static SettingChange wholeSync(String sync, String text) {
        return new SettingChange(Keys.SYNCS + "." + sync, sync, text, false, true);
    }

    private static Set<String> syncs(Set<ConfigurationPropertyName> keys) {
        return keys.stream().map(Keys::sync).filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }
}
