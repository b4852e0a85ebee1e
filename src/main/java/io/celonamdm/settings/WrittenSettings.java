package io.celonamdm.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/** What the operator wrote, before it is bound: keys, values, and the places they stand in. */
final class WrittenSettings {
    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources;

    WrittenSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .toList();
    }

    List<ConfigurationPropertySource> sources() {
        return sources;
    }

    /** Keys from sources that spell them out; a name in the environment has lost its dots and dashes. */
    Set<ConfigurationPropertyName> exactKeys() {
        return sources.stream()
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .flatMap(source -> source instanceof IterableConfigurationPropertySource iterable
                        ? iterable.stream()
                        : Stream.empty())
                .filter(KeyMatch.CONNECTOR::isAncestorOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The value as written, with placeholders replaced where that is possible. */
    Optional<String> value(ConfigurationPropertyName key) {
        return property(key).map(property -> environment.resolvePlaceholders(String.valueOf(property.getValue())));
    }

    /** Whether the value is made of something that is probably a secret, by its name. */
    boolean quotesSecret(ConfigurationPropertyName key) {
        return property(key)
                .map(property -> String.valueOf(property.getValue()))
                .filter(raw -> raw.contains("${") && Secrets.isSecretName(raw))
                .isPresent();
    }

    /** Why the placeholders of the value cannot be replaced, or empty if they can. */
    Optional<PlaceholderResolutionException> unresolved(ConfigurationPropertyName key) {
        return property(key).flatMap(property -> {
            try {
                environment.resolveRequiredPlaceholders(String.valueOf(property.getValue()));
                return Optional.empty();
            } catch (PlaceholderResolutionException e) {
                return Optional.of(e);
            }
        });
    }

    /** Where the key, or else the first key below it, is written. */
    Optional<Origin> origin(ConfigurationPropertyName key) {
        return property(key)
                .or(() -> exactKeys().stream()
                        .filter(key::isAncestorOf)
                        .findFirst()
                        .flatMap(this::property))
                .map(Origin::from);
    }

    private Optional<ConfigurationProperty> property(ConfigurationPropertyName key) {
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(key)))
                .findFirst();
    }
}
