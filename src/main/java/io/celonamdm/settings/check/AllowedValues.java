package io.celonamdm.settings.check;

import io.celonamdm.settings.PoolSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Says what a type accepts. */
final class AllowedValues {
    private static final Map<Class<?>, String> TEXTS = Map.of(
            Duration.class, "a duration such as 30s, 5m, 2h or 7d",
            Number.class, "a whole number",
            BigDecimal.class, "a number",
            Boolean.class, "true or false",
            DataSize.class, "a size such as 16MB or 256KB",
            ZoneId.class, "a time zone such as UTC or America/Los_Angeles",
            URI.class, "an address such as https://host.example",
            LocalDate.class, "a day such as 2026-12-31",
            PoolSettings.class, "a number of eSIMs such as 500, or indoor, outdoor and extra below this key");

    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, Long.class, Short.class, Byte.class);

    private AllowedValues() {}

    static String of(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(AllowedValues::written)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        String other = type.isRecord() || Map.class.isAssignableFrom(type)
                ? "settings below this key, not a value"
                : Collection.class.isAssignableFrom(type) ? "a list" : "a " + type.getSimpleName();
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        return TEXTS.getOrDefault(WHOLE.contains(boxed) ? Number.class : boxed, other);
    }

    /** A constant or a name as it is written in settings. */
    static String written(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }
}
