package io.celonamdm.settings;

import io.celonamdm.settings.SettingsSources.Read;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/** Reads the settings from the environment, or says everything that is wrong with them. */
final class SettingsReader {
    private final List<SyncRule> rules;
    private final JitterFits jitter;

    SettingsReader(Clock clock) {
        this.rules = List.of(
                new RunsEveryNight(clock),
                new OrderedWaits(),
                new SimLockIsWhole(),
                new PlatformHasItsSettings(),
                new RulesCanBeRead(),
                new ExclusionsCanBeRead());
        this.jitter = new JitterFits(clock);
    }

    /**
     * The settings.
     *
     * @throws InvalidSettingsException with everything that is wrong with them
     */
    ConnectorSettings read(Read read) {
        ConfigurableEnvironment environment = read.environment();
        WrittenSettings written = new WrittenSettings(environment);
        Problems problems = new Problems(written);
        problems.addAll(read.problems());
        UnknownKeys.check(written, problems);
        UnsetVariables.check(written, problems);
        ConnectorSettings settings = binder(written, environment)
                .bindOrCreate(
                        KeyMatch.CONNECTOR,
                        Bindable.of(ConnectorSettings.class),
                        new CollectFailures(written, problems));
        Violations.check(settings, problems);
        checkRules(settings.syncs(), problems);
        OwnFolders.check(settings.syncs(), problems);
        NotifiedSyncs.check(settings, problems);
        jitter.check(settings, problems);
        if (!problems.all().isEmpty()) {
            throw new InvalidSettingsException(problems.all());
        }
        return settings;
    }

    private void checkRules(Map<String, SyncSettings> syncs, Problems problems) {
        syncs.forEach((name, sync) -> {
            // A sync that could not be bound at all is in the report already.
            if (sync != null) {
                rules.forEach(rule -> rule.check(MapEntries.entry(MapEntries.SYNCS, name), sync, problems));
            }
        });
    }

    /** Unlike Spring's own binder, this one does not take the text "${NAME}" for a value if NAME is not set. */
    private static Binder binder(WrittenSettings written, ConfigurableEnvironment environment) {
        PropertyPlaceholderHelper strict = new PropertyPlaceholderHelper(
                SystemPropertyUtils.PLACEHOLDER_PREFIX,
                SystemPropertyUtils.PLACEHOLDER_SUFFIX,
                SystemPropertyUtils.VALUE_SEPARATOR,
                SystemPropertyUtils.ESCAPE_CHARACTER,
                false);
        return new Binder(
                written.sources(), new PropertySourcesPlaceholdersResolver(environment.getPropertySources(), strict));
    }
}
