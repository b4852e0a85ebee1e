package io.celonamdm.settings.check;

import io.celonamdm.settings.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.StringUtils;

/** What the operator wrote, before it is bound: keys, values and their places. */
public final class WrittenSettings {
    /** An unquoted value at the start of a text. */
    private static final Pattern PLAIN = Pattern.compile("[\\w+.:-]+");

    private static final Set<String> FRAMEWORKS = Set.of("server", "management", "spring", "logging");

    private static final Pattern BUNDLE = Pattern.compile("[.](ssl-?bundle|ssl[.]bundle)$");

    /** What Spring Boot says of the application. */
    private static final String ABOUT_ITSELF = "applicationInfo";

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

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
        PropertyPlaceholderHelper strict = new PropertyPlaceholderHelper("${", "}", ":", '\\', false);
        return new Binder(
                Spellings.once(sources),
                new PropertySourcesPlaceholdersResolver(environment.getPropertySources(), strict));
    }

    /** Keys from sources that spell them exactly; environment variables lose dots and dashes. */
    public Set<ConfigurationPropertyName> exactKeys() {
        return sources.stream()
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(Keys.CONNECTOR::isAncestorOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The names of the entries of a map of settings, from sources that spell them exactly. */
    Set<String> spelledBelow(ConfigurationPropertyName map) {
        return exactKeys().stream()
                .filter(map::isAncestorOf)
                .map(key -> key.getElement(map.getNumberOfElements(), Form.ORIGINAL))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The variables of the environment, with their values. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        environment.getPropertySources().stream()
                .filter(SystemEnvironmentPropertySource.class::isInstance)
                .forEach(source -> ((SystemEnvironmentPropertySource) source)
                        .getSource()
                        .forEach((name, value) -> variables.put(name, String.valueOf(value))));
        return variables;
    }

    /** Whether a variable is the one in which a setting is looked for in the environment. */
    boolean isRead(String variable, ConfigurationPropertyName key) {
        return sources.stream()
                .filter(source -> source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(key)))
                .anyMatch(property -> property.getOrigin() instanceof PropertySourceOrigin origin
                        && origin.getPropertyName().equals(variable));
    }

    /** Whether a value says {@code ${NAME}} of a variable, so that its name is the operator's choice. */
    boolean isReferredTo(String variable) {
        return environment.getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> all
                        ? Stream.of(all.getPropertyNames()).map(all::getProperty)
                        : Stream.empty())
                .map(String::valueOf)
                .anyMatch(value -> value.contains("${" + variable + "}") || value.contains("${" + variable + ":"));
    }

    /** Keys of the frameworks from sources that spell them exactly, without what the connector itself sets. */
    Set<ConfigurationPropertyName> frameworkKeys() {
        return sources.stream()
                .filter(source -> !(source.getUnderlyingSource() instanceof PropertySource<?> own
                        && own.getName().equals(ABOUT_ITSELF)))
                .filter(source -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(key -> FRAMEWORKS.contains(key.getElement(0, Form.UNIFORM)) && !isOwn(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the connector's own value is in force, which is nobody's mistake. */
    private boolean isOwn(ConfigurationPropertyName key) {
        return property(key)
                .map(Origin::from)
                .filter(origin -> Problem.inner(origin) instanceof TextResourceOrigin text
                        && text.getResource() != null
                        && text.getResource().toString().contains("class path resource"))
                .isPresent();
    }

    /** The texts of a list that somebody wrote, by the key of the whole or of the element. */
    Map<ConfigurationPropertyName, List<String>> list(ConfigurationPropertyName key) {
        Map<ConfigurationPropertyName, List<String>> texts = new LinkedHashMap<>();
        Stream.concat(Stream.of(key), Stream.iterate(0, i -> i + 1).map(i -> key.append("[" + i + "]")))
                .takeWhile(each -> each.equals(key) || property(each).isPresent())
                .filter(each -> !isOwn(each))
                .forEach(each -> value(each)
                        .ifPresent(
                                value -> texts.put(each, List.of(StringUtils.commaDelimitedListToStringArray(value)))));
        texts.replaceAll((each, values) -> values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList());
        return texts;
    }

    /** The settings that name a TLS bundle, with its name, whoever reads them. */
    Map<ConfigurationPropertyName, String> bundleUsers() {
        Map<ConfigurationPropertyName, String> users = new TreeMap<>();
        sources.stream()
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(key -> BUNDLE.matcher(key.toString()).find())
                .filter(key -> value(key.getParent().append("enabled"))
                        .filter("false"::equalsIgnoreCase)
                        .isEmpty())
                .forEach(key -> value(key).filter(name -> !name.isBlank()).ifPresent(name -> users.put(key, name)));
        return users;
    }

    /** The names of the entries of a map. */
    Set<String> namesBelow(ConfigurationPropertyName map) {
        return sources.stream()
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(map::isAncestorOf)
                .map(key -> key.getElement(map.getNumberOfElements(), Form.ORIGINAL))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value, with placeholders replaced where possible. */
    public Optional<String> value(ConfigurationPropertyName key) {
        return raw(key).map(this::resolved);
    }

    private String resolved(String raw) {
        try {
            return environment.resolvePlaceholders(raw);
        } catch (PlaceholderResolutionException e) {
            // it refers to itself
            return raw;
        }
    }

    /** The value as it may be shown, secrets masked; null if there is none. */
    @Nullable
    String shown(ConfigurationPropertyName key) {
        return value(key)
                .or(() -> element(key))
                .map(value -> Secrets.shown(value, Setting.isSecret(key)))
                .orElse(null);
    }

    /** The element of a list that is written on one line, with commas. */
    private Optional<String> element(ConfigurationPropertyName key) {
        if (!key.isLastElementIndexed() || !key.isNumericIndex(key.getNumberOfElements() - 1)) {
            return Optional.empty();
        }
        return value(key.getParent())
                .flatMap(list -> Stream.of(StringUtils.commaDelimitedListToStringArray(list))
                        .map(String::strip)
                        .skip(Integer.parseInt(key.getLastElement(Form.ORIGINAL)))
                        .findFirst());
    }

    /** Whether the value is a secret, or refers to something whose name suggests one. */
    public boolean isSecret(ConfigurationPropertyName key) {
        return Setting.isSecret(key)
                || raw(key).filter(raw -> raw.contains("${") && Secrets.isSecretName(raw))
                        .isPresent();
    }

    /** Says that the value refers to a variable or property that is not set, or to itself; empty if it does neither. */
    Optional<String> unset(ConfigurationPropertyName key) {
        try {
            raw(key).ifPresent(environment::resolveRequiredPlaceholders);
            return Optional.empty();
        } catch (PlaceholderResolutionException e) {
            String name = e.getPlaceholder();
            if (environment.containsProperty(name)) {
                return Optional.of("refers to itself by ${" + name + "}");
            }
            return Optional.of(
                    VARIABLE.matcher(name).matches()
                            ? "the environment variable " + name + " is not set"
                            : "the placeholder ${" + name + "} has no value");
        }
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
        if (origin == null
                || !(Problem.inner(origin) instanceof TextResourceOrigin text)
                || text.getResource() == null
                || text.getLocation() == null) {
            return Optional.empty();
        }
        TextResourceOrigin.Location place = text.getLocation();
        return lines.computeIfAbsent(text.getResource(), WrittenSettings::lines).stream()
                .skip(place.getLine())
                .limit(1)
                .map(line -> PLAIN.matcher(line.substring(Math.min(line.length(), place.getColumn()))))
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .findFirst();
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
        return Stream.concat(Stream.of(key), exactKeys().stream().filter(key::isAncestorOf))
                .flatMap(each -> property(each).stream())
                .findFirst()
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
