package io.celonamdm.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An action that a person may ask for, named by a word. */
public interface Action {
    /** The constant's name. */
    String name();

    /** The word, as people write it. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds the action that a word names, in any case.
     *
     * @param others further valid words, for the error message
     * @throws RequestRejected if the word names no action
     */
    static <A extends Enum<A> & Action> A of(Class<A> type, String word, String... others) {
        return Arrays.stream(type.getEnumConstants())
                .filter(action -> action.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(
                        () -> RequestRejected.invalid("the action is %s, not %s".formatted(list(type, others), word)));
    }

    private static <A extends Enum<A> & Action> String list(Class<A> type, String... others) {
        List<String> words = new ArrayList<>();
        for (A action : type.getEnumConstants()) {
            words.add(action.word());
        }
        words.addAll(List.of(others));
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
