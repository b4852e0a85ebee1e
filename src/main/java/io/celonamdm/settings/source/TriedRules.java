package io.celonamdm.settings.source;

import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import io.celonamdm.settings.check.SettingsReader;
import io.celonamdm.settings.source.SettingsSources.Read;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads rules that an operator tries on a sync without changing its settings. */
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
     * @throws UnusableRules with every problem of the rules
     */
    public SyncSettings read(String sync, String yaml) {
        // the answer shows the tried rules, so they must not reveal the environment
        if (yaml.contains("${")) {
            throw new UnusableRules(List.of("the rules must not contain ${...} here; write the value itself"));
        }
        Properties rules = properties(yaml);
        checkKeys(rules);
        Properties keys = new Properties();
        rules.forEach((key, value) -> keys.put("connector.syncs." + sync + "." + key, value));
        Read read = inForce.read();
        ConfigurableEnvironment tried = SettingsSources.copy(
                read.environment().getPropertySources().stream().toList());
        tried.getPropertySources().addFirst(new PropertiesPropertySource("the rules to try", keys));
        try {
            return Objects.requireNonNull(
                    new SettingsReader(clock).read(tried, List.of()).syncs().get(sync));
        } catch (InvalidSettingsException e) {
            throw new UnusableRules(e.problems());
        }
    }

    private static Properties properties(String yaml) {
        try {
            YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
            reader.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
            return Objects.requireNonNull(reader.getObject());
        } catch (YAMLException | IllegalStateException e) {
            throw new UnusableRules(List.of("the rules are no YAML: " + e.getMessage()));
        }
    }

    private static void checkKeys(Properties rules) {
        List<String> problems = new ArrayList<>();
        for (String key : new TreeSet<>(rules.stringPropertyNames())) {
            if (!RULES.contains(key.replaceFirst("[.\\[].*", ""))) {
                problems.add(key + ": is no rule that can be tried; there are " + RULES);
            }
            if (key.startsWith("scope.exclude-file")) {
                problems.add(key + ": files are not read here; write scope.exclude-ids");
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableRules(problems);
        }
    }

    /** Thrown for rules that cannot be applied, with every problem. */
    public static final class UnusableRules extends RuntimeException {
        private final transient List<String> problems;

        UnusableRules(List<String> problems) {
            super("the rules have " + problems.size() + " problems: " + problems);
            this.problems = List.copyOf(problems);
        }

        /** All problems, each with its key and the allowed values. */
        public List<String> problems() {
            return problems;
        }
    }
}
