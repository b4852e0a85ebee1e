package io.celonamdm.firing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a refusal without numbers, ids and times, so that the same refusal of two devices compares equal. */
final class RefusalFingerprint {
    private static final Pattern STATUS = Pattern.compile("^status (\\d{3})\\b");
    /** A word with a digit, up to the next blank: numbers, ids, times, and addresses that contain one. */
    private static final Pattern OWN = Pattern.compile("[^\\s<>\"'(),;]*\\d[^\\s<>\"'(),;]*");

    private static final int LONGEST = 280;

    private RefusalFingerprint() {}

    /** The fingerprint of a refusal; equal for the same refusal of another device. */
    static String of(String reason) {
        String line = reason.strip().toLowerCase(Locale.ROOT);
        Matcher status = STATUS.matcher(line);
        String kept = status.find() ? status.group(1) + " " : "";
        String words = OWN.matcher(line).replaceAll("#").replaceAll("\\s+", " ");
        String all = kept + words;
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST);
    }
}
