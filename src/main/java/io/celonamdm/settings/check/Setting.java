package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.Secret;
import io.celonamdm.settings.Secrets;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    /** The root of all settings. */
    static final Setting ROOT = new Setting(ResolvableType.forClass(ConnectorSettings.class), false);

    boolean isGroup() {
        return raw().isRecord();
    }

    boolean isEntries() {
        return isMap() || isList();
    }

    /** Whether the operator may use any key below, even with dots in names. */
    boolean isFreeForm() {
        return isMap() && raw(type.asMap().getGeneric(1)).equals(String.class);
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
    Optional<Setting> below(ConfigurationPropertyName key, int element) {
        if (isMap()) {
            ResolvableType value = type.asMap().getGeneric(1);
            String name = key.getElement(element, Form.ORIGINAL);
            return Optional.of(new Setting(value, secret || (isFreeForm() && Secrets.isSecretName(name))));
        }
        if (isList()) {
            return key.isNumericIndex(element)
                    ? Optional.of(new Setting(type.asCollection().getGeneric(0), secret))
                    : Optional.empty();
        }
        String uniform = key.getElement(element, Form.UNIFORM);
        return members().entrySet().stream()
                .filter(member -> member.getKey().replace("-", "").equals(uniform))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean isMap() {
        return Map.class.isAssignableFrom(raw());
    }

    private boolean isList() {
        return Collection.class.isAssignableFrom(raw());
    }

    private Class<?> raw() {
        return raw(type);
    }

    private static Class<?> raw(ResolvableType type) {
        return type.resolve(Object.class);
    }
}
