package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.HttpSettings;
import io.celonamdm.settings.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings from the environment, or reports every problem. */
public final class SettingsReader {
    private final Clock clock;

    /** @param clock the time after which schedules must have times */
    public SettingsReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads the settings.
     *
     * @param environment what the operator wrote
     * @param ofFiles problems already found in whole files or folders
     * @throws InvalidSettingsException with every problem
     */
    public ConnectorSettings read(ConfigurableEnvironment environment, List<Problem> ofFiles) {
        WrittenSettings written = new WrittenSettings(environment);
        Problems problems = new Problems(written);
        WrittenKeys.check(written, problems);
        ConnectorSettings settings = written.binder()
                .bindOrCreate(
                        Keys.CONNECTOR, Bindable.of(ConnectorSettings.class), new CollectFailures(written, problems));
        Violations.check(settings, problems);
        NightRules nights = new NightRules(clock, settings.jitter(), problems);
        SyncRules rules = new SyncRules(written, problems);
        // in order of name, so that of two syncs the same one is always named
        new TreeMap<>(settings.syncs()).forEach((name, sync) -> {
            // one that could not be bound is already in the report
            if (sync != null) {
                ConfigurationPropertyName at = Keys.entry(Keys.SYNCS, name);
                nights.check(at, sync);
                rules.check(at, sync);
                checkRetention(settings, at, sync, problems);
            }
        });
        checkNotifications(settings, problems);
        checkProxyUser(settings.http(), problems);
        List<Problem> all = problems.and(ofFiles);
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
        return settings;
    }

    /** The age of a dead letter is that of its first failure, which must not have been deleted before it is given up. */
    private static void checkRetention(
            ConnectorSettings settings, ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName key = at.append("redrive.max-age");
        Duration kept = settings.retention().journal();
        if (sync.redrive().maxAge().compareTo(kept) >= 0 && !problems.spoil(key)) {
            problems.add(
                    key,
                    "must be shorter than %s, which is %d days"
                            .formatted(Keys.CONNECTOR.append("retention.journal"), kept.toDays()));
        }
    }

    private static void checkProxyUser(HttpSettings http, Problems problems) {
        ConfigurationPropertyName password = Keys.CONNECTOR.append("http.proxy-password");
        if (!http.proxyUser().isEmpty() && http.proxyPassword().isEmpty() && !problems.spoil(password)) {
            problems.add(password, "missing: the password of " + Keys.CONNECTOR.append("http.proxy-user"));
        }
    }

    /** Every sync that a channel names exists; nothing would ever be sent for a misspelt one. */
    private static void checkNotifications(ConnectorSettings settings, Problems problems) {
        TreeSet<String> configured = new TreeSet<>(settings.syncs().keySet());
        settings.notifications().forEach((name, channel) -> {
            if (channel != null) {
                ConfigurationPropertyName at = Keys.entry(Keys.CONNECTOR.append("notifications"), name);
                NightRules.checkCron(at.append("digest"), channel.digest(), problems);
                String unknown = channel.syncs().stream()
                        .filter(sync -> !configured.contains(sync))
                        .sorted()
                        .map(sync -> UnknownSync.text(sync, configured))
                        .collect(Collectors.joining("; "));
                if (!unknown.isEmpty()) {
                    problems.add(at.append("syncs"), unknown);
                }
            }
        });
    }
}
