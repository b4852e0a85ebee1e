package io.celonamdm.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Parsed JSON of any shape: of nothing but known names, or a true answer in which some places have changed. */
public final class JsonTrees {
    private static final int DEPTH = 4;

    private JsonTrees() {}

    /** Trees whose fields have the names of a true answer, and whose values have any type. */
    public static Arbitrary<Object> of(Object sample) {
        List<String> words = new ArrayList<>(List.of("", "other"));
        collect(sample, words);
        return Arbitraries.randomValue(random -> Boxed.of(tree(random, words, DEPTH)))
                .map(Boxed::value);
    }

    /** A true answer of which up to five places are left out, doubled, renamed or replaced by anything. */
    public static Arbitrary<Object> mutated(Object sample) {
        List<String> words = new ArrayList<>(List.of("", "other"));
        collect(sample, words);
        return Arbitraries.randomValue(random -> {
                    Object tree = sample;
                    for (int i = random.nextInt(6); i > 0; i--) {
                        tree = Boxed.of(mutate(tree, random, words)).value();
                    }
                    return Boxed.of(tree);
                })
                .map(Boxed::value);
    }

    /** So that a whole answer may be null, which no arbitrary likes. */
    private record Boxed(@Nullable Object content) {
        static Boxed of(@Nullable Object content) {
            return new Boxed(content);
        }

        Object value() {
            return content == null ? List.of() : content;
        }
    }

    private static void collect(@Nullable Object node, List<String> words) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                words.add(String.valueOf(key));
                collect(value, words);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> collect(element, words));
        } else if (node instanceof String text) {
            words.add(text);
        }
    }

    private static @Nullable Object tree(Random random, List<String> words, int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        if (kind < 6) {
            return leaf(random, words);
        }
        int size = random.nextInt(4);
        if (kind < 8) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(tree(random, words, depth - 1));
            }
            return list;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 2 * size; i++) {
            map.put(word(random, words), tree(random, words, depth - 1));
        }
        return map;
    }

    private static @Nullable Object leaf(Random random, List<String> words) {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextDouble() * Math.pow(10, random.nextInt(600) - 300);
            case 5 -> Double.NaN;
            case 6 -> "\u0000\uD800 ".repeat(random.nextInt(3)) + (char) random.nextInt(0x10000);
            default -> word(random, words);
        };
    }

    private static String word(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static @Nullable Object mutate(@Nullable Object node, Random random, List<String> words) {
        boolean here = random.nextInt(4) == 0;
        if (node instanceof Map<?, ?> map && !map.isEmpty() && !here) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Object key = keys.get(random.nextInt(keys.size()));
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put(word(random, words), copy.remove(key));
                default -> copy.put(key, mutate(map.get(key), random, words));
            }
            return copy;
        }
        if (node instanceof List<?> list && !list.isEmpty() && !here) {
            int at = random.nextInt(list.size());
            List<@Nullable Object> copy = new ArrayList<>(list);
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.add(list.get(at));
                default -> copy.set(at, mutate(list.get(at), random, words));
            }
            return copy;
        }
        return tree(random, words, 2);
    }
}
