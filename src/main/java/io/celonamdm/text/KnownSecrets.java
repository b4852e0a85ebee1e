package io.celonamdm.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets that this process holds. No log line contains one, whichever code writes it at any level, and no excerpt
 * does.
 */
public final class KnownSecrets {
    /** Shorter values occur inside ordinary words, and are not secrets. */
    private static final int SHORTEST = 8;
    /** Tokens that may still be in use. */
    private static final int ISSUED = 200;
    /** The part of an address that an HTTP client logs without its host. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/?]+(.+)");

    /** The longest first: an address before a part of it. */
    private static final Set<String> SECRETS = new ConcurrentSkipListSet<>(
            Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private static final Deque<String> ISSUED_LATELY = new ArrayDeque<>();

    private KnownSecrets() {}

    /** Masks these from now on. Earlier ones stay masked: calls in progress may still hold them. */
    public static void mask(Collection<String> secrets) {
        for (String secret : secrets) {
            keep(secret);
            Matcher address = ADDRESS.matcher(secret);
            if (address.matches()) {
                keep(address.group(1));
            }
        }
    }

    /** Masks an issued token until many others were issued after it. */
    public static void issued(String token) {
        synchronized (ISSUED_LATELY) {
            keep(token);
            ISSUED_LATELY.addLast(token);
            if (ISSUED_LATELY.size() > ISSUED) {
                wrappings(ISSUED_LATELY.removeFirst()).forEach(SECRETS::remove);
            }
        }
    }

    private static void keep(String secret) {
        if (secret.length() >= SHORTEST) {
            wrappings(secret).forEach(SECRETS::add);
        }
    }

    /** Its spellings as plain text, in JSON, in a form, and in an address. */
    private static Stream<String> wrappings(String secret) {
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.of(secret, json, json.replace("/", "\\/"), form, form.replace("+", "%20"));
    }

    /** The text without any of them. */
    public static String masked(String text) {
        String masked = text;
        for (String secret : SECRETS) {
            masked = masked.replace(secret, SecretShapes.MASK);
        }
        return masked;
    }
}
