package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.secret.Secrets;
import io.celonamdm.text.KnownSecrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current settings, and why newer ones in the files were refused. */
public final class SettingsInForce {
    private volatile State state;
    private volatile @Nullable Refusal refusal;

    SettingsInForce(SettingsSources.Read read, ConnectorSettings settings, Instant since) {
        state = new State(read, settings, since);
        KnownSecrets.mask(Secrets.valuesIn(settings));
    }

    private record State(SettingsSources.Read read, ConnectorSettings settings, Instant since) {}

    /**
     * The files have settings that cannot be used.
     *
     * @param since when this was found
     * @param problems all problems, with secrets masked
     */
    public record Refusal(Instant since, List<String> problems) {}

    /** All settings; some of those outside syncs apply only from the next start. */
    public ConnectorSettings settings() {
        return state.settings;
    }

    /** When these settings took effect. */
    public Instant since() {
        return state.since;
    }

    /** Why the current files were refused; empty if they are in force. */
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
