package io.celonamdm.sync;

import io.celonamdm.esim.SyncName;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.UnknownSync;
import io.celonamdm.settings.source.SettingsInForce;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The configured syncs, by name. Changed settings replace all of them at once; work in progress keeps the sync that it
 * started with.
 */
@Component
public class Syncs {
    /** The property that names the only sync of this process; without it, the process serves all. */
    public static final String ONLY = "connector-serves-only";

    private final String only;
    private volatile Map<String, Sync> byName;

    Syncs(SettingsInForce inForce, @Value("${" + ONLY + ":}") String only) {
        this.only = only;
        byName = Map.of();
        byName = of(inForce.settings());
    }

    /** All of them, in the order of their names. */
    public Collection<Sync> all() {
        return byName.values();
    }

    /** Whether this process serves all that are configured. */
    public boolean servesAll() {
        return only.isEmpty();
    }

    /** One, if it is configured. */
    public Optional<Sync> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The same, by a name that the connector has stored or passes on. */
    public Optional<Sync> find(SyncName name) {
        return find(name.value());
    }

    /**
     * One that must be configured.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Sync get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    }

    /** Whether the sync's settings have changed, or the sync was removed, since it was fetched. */
    public boolean isOutdated(Sync sync) {
        return !sync.equals(byName.get(sync.name().value()));
    }

    /**
     * The message that no sync has the name; it lists all syncs or, if there are many, those with the nearest names.
     */
    public String unknown(String name) {
        return UnknownSync.text(name, byName.keySet());
    }

    /** The syncs of these settings. A sync with unchanged settings is the same object as before. */
    public Map<String, Sync> of(ConnectorSettings settings) {
        Map<String, Sync> syncs = new TreeMap<>();
        settings.syncs().forEach((name, sync) -> {
            if (only.isEmpty() || only.equals(name)) {
                syncs.put(name, of(name, sync, settings.jitter()));
            }
        });
        return Collections.unmodifiableMap(syncs);
    }

    private Sync of(String name, SyncSettings settings, Duration jitter) {
        return find(name)
                .filter(known ->
                        known.settings().equals(settings) && known.jitter().equals(Sync.jitter(settings, jitter)))
                .orElseGet(() -> Sync.of(name, settings, jitter));
    }

    /** Replaces the configured syncs. */
    public void replace(Map<String, Sync> syncs) {
        byName = syncs;
    }
}
