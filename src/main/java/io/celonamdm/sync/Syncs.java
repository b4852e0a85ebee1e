package io.celonamdm.sync;

import io.celonamdm.settings.ConnectorSettings;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The configured syncs, by name. */
@Component
public class Syncs {
    /** The property that names the only sync that this process serves; it serves all of them where it is not set. */
    public static final String ONLY = "connector-serves-only";

    private final Map<String, Sync> byName = new TreeMap<>();

    Syncs(ConnectorSettings settings, @Value("${" + ONLY + ":}") String only) {
        settings.syncs().forEach((name, sync) -> {
            if (only.isEmpty() || only.equals(name)) {
                byName.put(name, Sync.of(name, sync));
            }
        });
    }

    /** All of them, in the order of their names. */
    public Collection<Sync> all() {
        return byName.values();
    }

    /** One, if it is configured. */
    public Optional<Sync> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * One that must be configured.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Sync get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no sync is named \"%s\"; configured are %s".formatted(name, byName.keySet())));
    }
}
