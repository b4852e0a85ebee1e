package io.celonamdm.platform.intune;

import java.util.Locale;

/** What decides how a device is told its address. */
enum Platform {
    IOS,
    ANDROID,
    WINDOWS,
    OTHER;

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
