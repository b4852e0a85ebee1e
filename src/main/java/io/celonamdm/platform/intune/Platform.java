package io.celonamdm.platform.intune;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The device family, which decides how a device gets its address. */
enum Platform {
    IOS,
    ANDROID,
    WINDOWS,
    OTHER;

    /** Known systems that this connector does not serve. */
    private static final List<String> OTHERS = List.of("mac", "linux", "chrome", "tvos", "visionos", "ipod", "watchos");

    /**
     * The word for a number of Graph's enumeration {@code deviceType}, which a report may show instead: counted from
     * zero, iPhone, iPad and iPod are ninth to eleventh, and Android's kinds are as below. It is undocumented whether
     * reports show these numbers.
     */
    private static final Map<String, String> NUMBERS =
            Map.of("8", "iOS", "9", "iPadOS", "10", "iPod", "11", "Android", "17", "Android", "18", "Android");

    /** The operating system as a word. */
    static String word(String os) {
        return NUMBERS.getOrDefault(os.strip(), os);
    }

    /** Whether the word is a known operating system. */
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

    /** Whether Intune's hardware inventory has its EIDs. */
    boolean showsEids() {
        return this == IOS || this == ANDROID;
    }
}
