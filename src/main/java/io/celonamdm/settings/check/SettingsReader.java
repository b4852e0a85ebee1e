package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings from the environment, or says everything that is wrong with them. */
public final class SettingsReader {
    private final Clock clock;

    /** @param clock the time from which on schedules must have times */
    public SettingsReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * The settings.
     *
     * @param environment what was written
     * @param ofFiles what is wrong already with files or folders as a whole
     * @throws InvalidSettingsException with everything that is wrong
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

    /** In the order of their names, so that it is always the same one of two that is named. */
    private void checkSyncs(ConnectorSettings settings, Problems problems) {
        List<SyncRule> rules = List.of(
                new RunsEveryNight(clock),
                new JitterFits(clock, settings.jitter()),
                new OrderedWaits(),
                new SimLockIsWhole(),
                new PlatformHasItsSettings(),
                new OwnFolders(),
                new RulesCanBeRead(),
                new ExclusionsCanBeRead());
        new TreeMap<>(settings.syncs()).forEach((name, sync) -> {
            // one that could not be bound at all is in the report already
            if (sync != null) {
                ConfigurationPropertyName at = Keys.entry(Keys.SYNCS, name);
                rules.forEach(rule -> rule.check(at, sync, problems));
            }
        });
    }
}
