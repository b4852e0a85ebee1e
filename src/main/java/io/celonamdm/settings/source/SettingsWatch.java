package io.celonamdm.settings.source;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.check.Doubts;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.SettingsReader;
import io.celonamdm.settings.check.WrittenSettings;
import io.celonamdm.settings.source.SettingsInForce.Refusal;
import io.celonamdm.settings.source.SettingsSources.Read;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Applies changed files while the connector runs. It compares contents, not modification times, since a mounted
 * ConfigMap changes when a link moves. Two readings in a row must agree: a file that is still being written may be
 * valid without its end, where the guards are.
 */
@Component
class SettingsWatch implements SchedulingConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);

    private final SettingsInForce inForce;
    private final SettingsSources sources;
    private final SettingsReader reader;
    private final ObjectProvider<SettingsCheck> checks;
    private final ApplicationEventPublisher listeners;
    private final Clock clock;
    private String seen = "";
    private String refused = "";

    SettingsWatch(
            SettingsInForce inForce,
            ConfigurableEnvironment environment,
            ObjectProvider<SettingsCheck> checks,
            ApplicationEventPublisher listeners,
            Clock clock) {
        this.inForce = inForce;
        this.sources = new SettingsSources(environment);
        this.reader = new SettingsReader(clock);
        this.checks = checks;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        Duration every = inForce.settings().reloadEvery();
        tasks.addFixedDelayTask(new FixedDelayTask(this::look, every, every));
    }

    /** Checks the files once. */
    void look() {
        try {
            lookAt(sources.again());
        } catch (InvalidSettingsException e) {
            // the files cannot be read at all
            if (isNewsAndStands(e.report())) {
                refuse(e.report(), e.problems());
            }
        }
    }

    private void lookAt(Read read) {
        if (read.digest().equals(inForce.read().digest())) {
            seen = read.digest();
            if (inForce.refusal().isPresent()) {
                LOG.info("the files hold the settings again that are in force");
                refused = "";
                inForce.refuse(null);
            }
        } else if (isNewsAndStands(read.digest())) {
            take(read);
        }
    }

    private boolean isNewsAndStands(String digest) {
        boolean stands = digest.equals(seen);
        seen = digest;
        return stands && !digest.equals(refused);
    }

    private void take(Read read) {
        ConnectorSettings settings = valid(read);
        if (settings == null) {
            return;
        }
        List<SettingChange> changes = Differences.between(
                new WrittenSettings(inForce.read().environment()), new WrittenSettings(read.environment()));
        try {
            listeners.publishEvent(new SettingsChanged(settings, changes));
        } catch (RuntimeException e) {
            LOG.warn("changed settings could not be taken up and are tried again: {}", e.getMessage());
            return;
        }
        changes.forEach(change -> LOG.info("settings: {}", change));
        Doubts.about(settings).forEach(LOG::warn);
        refused = "";
        inForce.replace(read, settings, clock.instant());
    }

    private @Nullable ConnectorSettings valid(Read read) {
        try {
            ConnectorSettings settings = reader.read(read.environment(), read.problems());
            List<String> problems = checks.stream()
                    .flatMap(check -> check.problems(settings).stream())
                    .toList();
            if (problems.isEmpty()) {
                return settings;
            }
            refuse(read.digest(), problems);
        } catch (InvalidSettingsException e) {
            refuse(read.digest(), e.problems());
        }
        return null;
    }

    private void refuse(String digest, List<String> problems) {
        refused = digest;
        inForce.refuse(new Refusal(clock.instant(), problems));
        LOG.error(
                "the changed settings are refused, and nothing of them counts; those of {} stay in force. Problems:\n- {}",
                inForce.since(),
                String.join("\n- ", problems));
    }
}
