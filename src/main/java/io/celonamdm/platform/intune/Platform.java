package io.celonamdm.platform.intune;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What decides how a device is told its address. */
enum Platform {
    IOS,
    ANDROID,
    WINDOWS,
    OTHER;

    /** Systems that a tenant may well have, and that take no eSIM from here. */
    private static final List<String> OTHERS = List.of("mac", "linux", "chrome", "tvos", "visionos", "ipod", "watchos");

    /**
     * The word for a number of Graph's enumeration {@code deviceType}, which a report may show instead: it lists iPhone,
     * iPad and iPod as the ninth to eleventh and Android's kinds as below, counted from zero. That reports show these
     * numbers is suspected, not documented.
     */
    private static final Map<String, String> NUMBERS =
            Map.of("8", "iOS", "9", "iPadOS", "10", "iPod", "11", "Android", "17", "Android", "18", "Android");

    /** The operating system as a word. */
    static String word(String os) {
        return NUMBERS.getOrDefault(os.strip(), os);
    }

    /** Whether the word is one of an operating system at all. */
    static boolean isSystem(String os) {
        return of(os) != OTHER
                || OTHERS.stream().anyMatch(other -> os.toLowerCase(Locale.ROOT).startsWith(other));
    }

    /** The platform of an operating system in Intune's words: an iPad is "iOS" in one place and "iPadOS" in another. */
    static Platform of(String os) {
        String word = os.toLowerCase(Locale.ROOT);
        if (word.startsWith("ios") || word.startsWith("ipad") || word.startsWith("iphone")) {
            return IOS;
        }
        if (word.startsWith("android")) {
            return ANDROID;
        }
        return word.startsWith("windows") ? WINDOWS : OTHER;
    }

    /** Whether Intune's hardware inventory has EIDs of it. */
    boolean showsEids() {
        return this == IOS || this == ANDROID;
    }
}
