package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
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
        Problems problems = new Problems(written, ofFiles);
        WrittenKeys.check(written, problems);
        ConnectorSettings settings = written.binder()
                .bindOrCreate(
                        Keys.CONNECTOR, Bindable.of(ConnectorSettings.class), new CollectFailures(written, problems));
        Violations.check(settings, problems);
        checkSyncs(settings, problems);
        NotifiedSyncs.check(settings, problems);
        if (!problems.all().isEmpty()) {
            throw new InvalidSettingsException(problems.all());
        }
        return settings;
    }

    /** Checks in order of name, so that of two syncs the same one is always named. */
    private void checkSyncs(ConnectorSettings settings, Problems problems) {
        List<SyncRule> rules = List.of(
                new RunsEveryNight(clock),
                new JitterFits(clock, settings.jitter()),
                new OrderedWaits(),
                new SimLockIsWhole(),
                new JamfIsTheTenant(),
                new GeofencesFit(),
                new PlatformHasItsSettings(),
                new OwnFolders(),
                new RulesCanBeRead(),
                new ExclusionsCanBeRead());
        new TreeMap<>(settings.syncs()).forEach((name, sync) -> {
            // one that could not be bound is already in the report
            if (sync != null) {
                ConfigurationPropertyName at = Keys.entry(Keys.SYNCS, name);
                rules.forEach(rule -> rule.check(at, sync, problems));
            }
        });
    }
}
