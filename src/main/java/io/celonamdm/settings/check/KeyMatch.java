package io.celonamdm.settings.check;

import io.celonamdm.settings.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A key below {@code connector}, and how much of it is known.
 *
 * @param key the key
 * @param path the settings of its known elements, from the root
 */
record KeyMatch(ConfigurationPropertyName key, List<Setting> path) {
    static KeyMatch of(ConfigurationPropertyName key) {
        List<Setting> path = new ArrayList<>(List.of(Setting.ROOT));
        for (int element = 1; element < key.getNumberOfElements(); element++) {
            Setting last = path.get(path.size() - 1);
            if (last.isFreeForm()) {
                String name = key.subName(element).toString();
                path.add(new Setting(last.type().asMap().getGeneric(1), Secrets.isSecretName(name)));
                return new KeyMatch(key, path);
            }
            Optional<Setting> next = last.below(key, element);
            if (next.isEmpty()) {
                return new KeyMatch(key, path);
            }
            path.add(next.get());
        }
        return new KeyMatch(key, path);
    }

    boolean isKnown() {
        return path.size() >= key.getNumberOfElements()
                || (path.size() > 1 && beforeLast().isFreeForm());
    }

    boolean isText() {
        return isKnown() && last().type().resolve(Object.class).equals(String.class);
    }

    boolean isSecret() {
        return isKnown() && last().secret();
    }

    /** The key up to and including its first unknown element. */
    ConfigurationPropertyName unknown() {
        return key.chop(path.size() + 1);
    }

    /** The first unknown element as it was written. */
    String unknownElement() {
        return key.getElement(path.size(), Form.ORIGINAL);
    }

    Setting last() {
        return path.get(path.size() - 1);
    }

    /** The deepest group on the path that is the root or an entry of a map or list; a misplaced key stays inside it. */
    int enclosing() {
        int enclosing = 0;
        for (int i = 1; i < path.size(); i++) {
            if (path.get(i).isGroup() && path.get(i - 1).isEntries()) {
                enclosing = i;
            }
        }
        return enclosing;
    }

    private Setting beforeLast() {
        return path.get(path.size() - 2);
    }
}
