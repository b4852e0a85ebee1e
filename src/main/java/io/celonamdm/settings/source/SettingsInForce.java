package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.Secrets;
import io.celonamdm.text.KnownSecrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings that count at the moment, and those in the files that were refused. */
public final class SettingsInForce {
    private volatile State state;
    private volatile @Nullable Refusal refusal;

    SettingsInForce(SettingsSources.Read read, ConnectorSettings settings, Instant since) {
        state = new State(read, settings, since);
        KnownSecrets.mask(Secrets.valuesIn(settings));
    }

    private record State(SettingsSources.Read read, ConnectorSettings settings, Instant since) {}

    /**
     * That the files hold settings that cannot be used.
     *
     * @param since when that was found
     * @param problems all problems, with secrets masked
     */
    public record Refusal(Instant since, List<String> problems) {}

    /** All settings; of those that are no sync's, some count from the next start only. */
    public ConnectorSettings settings() {
        return state.settings;
    }

    /** Since when these count. */
    public Instant since() {
        return state.since;
    }

    /** Why the files as they are now do not count; empty if they do. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    SettingsSources.Read read() {
        return state.read;
    }

    void refuse(@Nullable Refusal refused) {
        refusal = refused;
    }

    void replace(SettingsSources.Read read, ConnectorSettings settings, Instant since) {
        KnownSecrets.mask(Secrets.valuesIn(settings));
        state = new State(read, settings, since);
        refusal = null;
    }
}
