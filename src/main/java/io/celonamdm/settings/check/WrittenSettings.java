package io.celonamdm.settings.check;

import io.celonamdm.settings.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/** What the operator wrote, before it is bound: keys, values and their places. */
public final class WrittenSettings {
    /** An unquoted value at the start of a text. */
    private static final Pattern PLAIN = Pattern.compile("^[\\w+.:-]+");

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources;
    private final Map<Resource, List<String>> lines = new HashMap<>();

    /** @param environment where they are written */
    public WrittenSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .toList();
    }

    /** Unlike Spring's own binder, this one does not accept the text "${NAME}" as a value if NAME is not set. */
    Binder binder() {
        PropertyPlaceholderHelper strict = new PropertyPlaceholderHelper(
                SystemPropertyUtils.PLACEHOLDER_PREFIX,
                SystemPropertyUtils.PLACEHOLDER_SUFFIX,
                SystemPropertyUtils.VALUE_SEPARATOR,
                SystemPropertyUtils.ESCAPE_CHARACTER,
                false);
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment.getPropertySources(), strict));
    }

    /** Keys from sources that spell them exactly; environment variables lose dots and dashes. */
    public Set<ConfigurationPropertyName> exactKeys() {
        return sources.stream()
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .flatMap(source -> source instanceof IterableConfigurationPropertySource iterable
                        ? iterable.stream()
                        : Stream.empty())
                .filter(Keys.CONNECTOR::isAncestorOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The value, with placeholders replaced where possible. */
    public Optional<String> value(ConfigurationPropertyName key) {
        return raw(key).map(environment::resolvePlaceholders);
    }

    /** The value as it may be shown, secrets masked. */
    Optional<String> shown(ConfigurationPropertyName key) {
        boolean secret = KeyMatch.of(key).isSecret();
        return value(key).map(value -> Secrets.shown(value, secret));
    }

    /** Whether the value is a secret, or refers to something whose name suggests one. */
    public boolean isSecret(ConfigurationPropertyName key) {
        return KeyMatch.of(key).isSecret()
                || raw(key).filter(raw -> raw.contains("${") && Secrets.isSecretName(raw))
                        .isPresent();
    }

    /** Why the value's placeholders cannot be replaced; empty if they can. */
    Optional<PlaceholderResolutionException> unresolved(ConfigurationPropertyName key) {
        return raw(key).flatMap(raw -> {
            try {
                environment.resolveRequiredPlaceholders(raw);
                return Optional.empty();
            } catch (PlaceholderResolutionException e) {
                return Optional.of(e);
            }
        });
    }

    /**
     * The text in the file if YAML read it as another number or word, as it does with 0104242, 10:30 and 1.10; empty if
     * it read what is written.
     */
    Optional<String> misread(ConfigurationPropertyName key) {
        return property(key)
                .filter(property -> property.getValue() instanceof Number || property.getValue() instanceof Boolean)
                .flatMap(property -> textAt(Origin.from(property))
                        .filter(text -> !text.equals(String.valueOf(property.getValue()))));
    }

    private Optional<String> textAt(@Nullable Origin origin) {
        if (origin == null || !(Problem.inner(origin) instanceof TextResourceOrigin text)) {
            return Optional.empty();
        }
        Resource file = text.getResource();
        TextResourceOrigin.Location place = text.getLocation();
        if (file == null || place == null) {
            return Optional.empty();
        }
        String line = lines.computeIfAbsent(file, WrittenSettings::lines).stream()
                .skip(place.getLine())
                .findFirst()
                .orElse("");
        Matcher plain = PLAIN.matcher(line.substring(Math.min(line.length(), place.getColumn())));
        return plain.find() ? Optional.of(plain.group()) : Optional.empty();
    }

    private static List<String> lines(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Where the key, or otherwise the first key below it, is written. */
    Optional<Origin> origin(ConfigurationPropertyName key) {
        return property(key)
                .or(() -> exactKeys().stream()
                        .filter(key::isAncestorOf)
                        .findFirst()
                        .flatMap(this::property))
                .map(Origin::from);
    }

    private Optional<String> raw(ConfigurationPropertyName key) {
        return property(key).map(property -> String.valueOf(property.getValue()));
    }

    private Optional<ConfigurationProperty> property(ConfigurationPropertyName key) {
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(key)))
                .findFirst();
    }
}
