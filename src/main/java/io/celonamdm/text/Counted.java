package io.celonamdm.text;

/** A number with its noun. */
public final class Counted {
    private Counted() {}

    /** Such as {@code 1 device} and {@code 3 devices}. */
    public static String words(long number, String noun) {
        return number == 1 ? "1 " + noun : "%d %ss".formatted(number, noun);
    }

    /** Such as {@code 1 device is} and {@code 3 devices are}. */
    public static String are(long number, String noun) {
        return words(number, noun) + (number == 1 ? " is" : " are");
    }
}
