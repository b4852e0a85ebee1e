package io.celonamdm.settings.source;

import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.Keys;
import io.celonamdm.settings.check.Problem;
import io.celonamdm.settings.check.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads rules that an operator tries on a sync without changing its settings. */
@Component
public final class TriedRules {
    private static final Set<String> RULES = new TreeSet<>(List.of(
            "device-name",
            "device-name-max-length",
            "device-name-collision",
            "device-groups",
            "default-group",
            "scope",
            "iccid-from",
            "sim-lock",
            "guards"));

    private final SettingsInForce inForce;
    private final Clock clock;

    TriedRules(SettingsInForce inForce, Clock clock) {
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * Returns a sync's settings with other rules.
     *
     * @param sync the name of a configured sync
     * @param yaml the rules as in the settings of the sync; a missing rule stays as it is
     * @throws InvalidSettingsException with every problem of the rules
     */
    public SyncSettings read(String sync, String yaml) {
        // the answer shows the tried rules, so they must not reveal the environment
        if (yaml.contains("${")) {
            throw unusable(Problem.of("the rules", "must not contain ${...} here; write the value itself"));
        }
        Properties keys = new Properties();
        rules(yaml).forEach((key, value) -> keys.put(Keys.SYNCS + "." + sync + "." + key, value));
        ConfigurableEnvironment tried = SettingsSources.copy(inForce.read().environment(), source -> true);
        tried.getPropertySources().addFirst(new PropertiesPropertySource("the rules to try", keys));
        return Objects.requireNonNull(
                new SettingsReader(clock).read(tried, List.of()).syncs().get(sync));
    }

    private static Properties rules(String yaml) {
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(new ByteArrayResource(content));
        try {
            YamlAliases.check(content);
            Properties rules = Objects.requireNonNull(reader.getObject());
            Problem[] problems = rules.stringPropertyNames().stream()
                    .sorted()
                    .flatMap(TriedRules::problem)
                    .toArray(Problem[]::new);
            if (problems.length > 0) {
                throw unusable(problems);
            }
            return rules;
        } catch (YAMLException | IOException | IllegalStateException e) {
            throw unusable(Problem.of("the rules", YamlTrouble.text(e)));
        }
    }

    private static Stream<Problem> problem(String key) {
        if (!RULES.contains(key.replaceFirst("[.\\[].*", ""))) {
            return Stream.of(Problem.of(key, "is no rule that can be tried; there are " + RULES));
        }
        return key.startsWith("scope.exclude-file")
                ? Stream.of(Problem.of(key, "files are not read here; write scope.exclude-ids"))
                : Stream.empty();
    }

    private static InvalidSettingsException unusable(Problem... problems) {
        return new InvalidSettingsException(List.of(problems));
    }
}
