package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * A node in the tree of settings, as the records declare it.
 *
 * @param type what is bound there
 * @param secret whether its value is a secret
 */
record Setting(ResolvableType type, boolean secret) {
    /** Unlike a free option's, a key may be the name of a file here. */
    private static final Pattern FOREIGN_SECRET =
            Pattern.compile("secret|passw|passphrase|token|credential|apikey|accesskey");

    /** The root of all settings. */
    static final Setting ROOT = new Setting(ResolvableType.forClass(ConnectorSettings.class), false);

    /** The setting at a key; empty if the key is unknown. */
    static Optional<Setting> at(ConfigurationPropertyName key) {
        List<Setting> path = path(key);
        return path.size() == key.getNumberOfElements() ? Optional.of(path.get(path.size() - 1)) : Optional.empty();
    }

    /** The settings at the known elements of a key, from the root. */
    static List<Setting> path(ConfigurationPropertyName key) {
        List<Setting> path = new ArrayList<>();
        for (Setting next = ROOT; next != null; next = next.below(key, path.size())) {
            path.add(next);
            if (path.size() == key.getNumberOfElements()) {
                break;
            }
        }
        return path;
    }

    /** Whether its value is a secret; of a setting that is not the connector's, its name decides. */
    static boolean isSecret(ConfigurationPropertyName key) {
        return Keys.CONNECTOR.isAncestorOf(key)
                ? at(key).filter(Setting::secret).isPresent()
                : FOREIGN_SECRET.matcher(key.getLastElement(Form.UNIFORM)).find();
    }

    boolean isGroup() {
        return raw().isRecord();
    }

    boolean isEntries() {
        return isMap() || Collection.class.isAssignableFrom(raw());
    }

    /** Whether the keys below it are names, and not the indexes of a list. */
    boolean hasNames() {
        return isGroup() || (isMap() && !isFreeForm());
    }

    boolean isList() {
        return isEntries() && !isMap();
    }

    /** Whether it is a map of groups, whose names are the operator's own. */
    boolean hasNamedGroups() {
        return isMap() && new Setting(type.asMap().getGeneric(1), false).isGroup();
    }

    /** The keys of all such maps at and below this setting's key that are in no other. */
    List<ConfigurationPropertyName> mapsOfGroups(ConfigurationPropertyName key) {
        return hasNamedGroups()
                ? List.of(key)
                : members().entrySet().stream()
                        .flatMap(member -> member.getValue().mapsOfGroups(key.append(member.getKey())).stream())
                        .toList();
    }

    /** Whether what may follow is not told by the records. */
    boolean isOpen() {
        return isMap() && !hasNamedGroups();
    }

    boolean isText() {
        return raw().equals(String.class) || isFreeForm();
    }

    /** The keys of a group, in kebab-case and declaration order. */
    Map<String, Setting> members() {
        Map<String, Setting> members = new LinkedHashMap<>();
        if (isGroup()) {
            for (RecordComponent component : raw().getRecordComponents()) {
                members.put(
                        DataObjectPropertyName.toDashedForm(component.getName()),
                        new Setting(
                                ResolvableType.forType(component.getGenericType()),
                                component.isAnnotationPresent(Secret.class)));
            }
        }
        return members;
    }

    /** The setting at an element of the key; spelling is as relaxed as Spring's. */
    private @Nullable Setting below(ConfigurationPropertyName key, int element) {
        if (isFreeForm()) {
            // a name with dots has several elements
            return new Setting(type, secret || Secrets.isSecretName(key.getElement(element, Form.ORIGINAL)));
        }
        if (isMap()) {
            return new Setting(type.asMap().getGeneric(1), secret);
        }
        if (isEntries()) {
            return key.isNumericIndex(element) ? new Setting(type.asCollection().getGeneric(0), secret) : null;
        }
        String name = key.getElement(element, Form.UNIFORM);
        return members().entrySet().stream()
                .filter(member -> member.getKey().replace("-", "").equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Whether the operator may use any key below. */
    private boolean isFreeForm() {
        return isMap() && String.class.equals(type.asMap().getGeneric(1).resolve());
    }

    private boolean isMap() {
        return Map.class.isAssignableFrom(raw());
    }

    private Class<?> raw() {
        return type.resolve(Object.class);
    }
}
