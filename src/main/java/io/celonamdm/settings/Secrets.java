package io.celonamdm.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of every text. */
final class Secrets {
    static final String MASK = "******";
    private static final Pattern SECRET_NAME =
            Pattern.compile("secret|password|passwd|passphrase|token|key|credential", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

    private Secrets() {}

    /** Whether a free-form option of that name probably holds a secret. */
    static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** The value as one line without credentials; an empty secret gives nothing away and is shown as it is. */
    static String shown(String value, boolean secret) {
        if (secret && !value.isBlank()) {
            return MASK;
        }
        return USER_INFO
                .matcher(value.replace("\r", "\\r").replace("\n", "\\n"))
                .replaceAll("//" + MASK + "@");
    }

    /** What the record's own {@code toString} would say, with secrets masked. */
    static String describe(Record settings) {
        return Arrays.stream(settings.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + shown(component, settings))
                .collect(Collectors.joining(", ", settings.getClass().getSimpleName() + "[", "]"));
    }

    private static @Nullable Object shown(RecordComponent component, Record settings) {
        try {
            if (component.isAnnotationPresent(Secret.class)) {
                return MASK;
            }
            Object value = component.getAccessor().invoke(settings);
            return value instanceof Map<?, ?> map ? shown(map) : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Map<String, Object> shown(Map<?, ?> map) {
        Map<String, Object> shown = new TreeMap<>();
        map.forEach((name, value) ->
                shown.put(String.valueOf(name), isSecretName(String.valueOf(name)) ? MASK : String.valueOf(value)));
        return shown;
    }
}
