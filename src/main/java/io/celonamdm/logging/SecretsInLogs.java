package io.celonamdm.logging;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that no line of the log holds, whoever writes it and at whatever level. */
public final class SecretsInLogs {
    private static final String MASK = "******";
    /** Shorter ones would be found in the middle of ordinary words, and are no secrets. */
    private static final int SHORTEST = 8;
    /** The part of an address that a client of HTTP logs without its host. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/?]+(.+)");

    /** The longest first: an address before the part of it that is there by itself. */
    private static final Set<String> SECRETS = new ConcurrentSkipListSet<>(
            Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private SecretsInLogs() {}

    /** Masks these from now on. Those that were given before stay masked: calls that hold them may still be under way. */
    public static void mask(Collection<String> secrets) {
        for (String secret : secrets) {
            keep(secret);
            Matcher address = ADDRESS.matcher(secret);
            if (address.matches()) {
                keep(address.group(1));
            }
        }
    }

    private static void keep(String secret) {
        if (secret.length() >= SHORTEST) {
            SECRETS.add(secret);
            SECRETS.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        }
    }

    static String masked(String text) {
        String masked = text;
        for (String secret : SECRETS) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
