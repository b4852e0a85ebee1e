package io.celonamdm.operations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters of the endpoints, as people write them. */
final class Words {
    private Words() {}

    /** The constant of that name, in any case; nothing if there is none. */
    static <E extends Enum<E>> Optional<E> read(Class<E> type, @Nullable String word) {
        if (word == null) {
            return Optional.empty();
        }
        String name = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }

    /** The constants' names, as people write them. */
    static <E extends Enum<E>> List<String> list(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How many rows are answered: at least one, and at most {@code most}. */
    static int limit(@Nullable Integer asked, int usual, int most) {
        return asked == null ? usual : Math.max(1, Math.min(asked, most));
    }
}
