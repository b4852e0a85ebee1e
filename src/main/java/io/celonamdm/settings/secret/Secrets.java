package io.celonamdm.settings.secret;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of every text. */
public final class Secrets {
    /** Stands in place of a secret. */
    public static final String MASK = "******";

    private static final Pattern SECRET_NAME =
            Pattern.compile("secret|password|passwd|passphrase|token|key|credential", Pattern.CASE_INSENSITIVE);
    /** Also of a certificate, which is no secret, but not a value to show in a line. */
    private static final String PEM = "-----BEGIN ";

    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    /** Whether a free-form option of that name probably holds a secret. */
    public static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** The value as one line without credentials; an empty secret gives nothing away and is shown as it is. */
    public static String shown(String value, boolean secret) {
        if ((secret && !value.isBlank()) || value.contains(PEM)) {
            return MASK;
        }
        return USER_INFO
                .matcher(value.replace("\r", "\\r").replace("\n", "\\n"))
                .replaceAll("//" + MASK + "@");
    }

    /** What the record's own {@code toString} would say, with secrets masked. */
    public static String describe(Record settings) {
        return Arrays.stream(settings.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + shown(component, settings))
                .collect(Collectors.joining(", ", settings.getClass().getSimpleName() + "[", "]"));
    }

    /** All secrets among settings. */
    public static Set<String> valuesIn(Record settings) {
        Set<String> values = new HashSet<>();
        collect(settings, false, values);
        return values;
    }

    private static void collect(@Nullable Object settings, boolean secret, Set<String> values) {
        if (settings instanceof Record group) {
            for (RecordComponent component : group.getClass().getRecordComponents()) {
                collect(value(component, group), component.isAnnotationPresent(Secret.class), values);
            }
        } else if (settings instanceof Map<?, ?> map) {
            map.forEach((name, value) -> collect(value, secret || isSecretOption(name, value), values));
        } else if (settings instanceof Collection<?> list) {
            list.forEach(value -> collect(value, secret, values));
        } else if (secret && settings != null && !settings.toString().isEmpty()) {
            values.add(settings.toString());
        }
    }

    private static boolean isSecretOption(Object name, Object value) {
        return value instanceof String && isSecretName(String.valueOf(name));
    }

    private static @Nullable Object value(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static @Nullable Object shown(RecordComponent component, Record settings) {
        if (component.isAnnotationPresent(Secret.class)) {
            return MASK;
        }
        Object value = value(component, settings);
        return value instanceof Map<?, ?> map ? shown(map) : value;
    }

    private static Map<String, Object> shown(Map<?, ?> map) {
        Map<String, Object> shown = new TreeMap<>();
        map.forEach((name, value) ->
                shown.put(String.valueOf(name), isSecretName(String.valueOf(name)) ? MASK : String.valueOf(value)));
        return shown;
    }
}
