package io.celonamdm.esim;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The server from which a device downloads its eSIM (SM-DP+).
 *
 * @param host a fully qualified domain name in lower case, as SGP.22 requires in an activation code
 */
public record SmdpAddress(String host) {

    private static final String SCHEME = "https://";
    private static final String ANY_LABELS = "*.";
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile("(" + LABEL + "\\.)+(?=[a-z])" + LABEL);

    /**
     * @throws InvalidValue {@link ReasonCode#SMDP_NOT_ALLOWED} if the host is not a fully qualified domain name in
     *     lower case
     */
    public SmdpAddress {
        if (host.length() > MAX_LENGTH || !HOST.matcher(host).matches()) {
            throw refused(host);
        }
    }

    /**
     * Reads the {@code server_url} of Celona's answers.
     *
     * @param serverUrl {@code https://host}, with or without a trailing slash, or a bare host; port 443 is allowed
     * @throws InvalidValue {@link ReasonCode#SMDP_NOT_ALLOWED} for another scheme or port, user info, a path, a query,
     *     or a host that is not a fully qualified domain name
     */
    public static SmdpAddress of(String serverUrl) {
        String rest = serverUrl.strip();
        if (rest.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            rest = rest.substring(SCHEME.length());
        }
        String host = rest.replaceFirst("(:443)?/?$", "").toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw refused(serverUrl);
        }
        return new SmdpAddress(host);
    }

    /** The address with its scheme, as Apple devices expect it. */
    public String url() {
        return SCHEME + host;
    }

    /** The activation code without matching id (SGP.22, 4.1): the server finds the eSIM by the device's EID. */
    public String activationCode() {
        return "LPA:1$" + host + "$";
    }

    /**
     * Whether devices may be sent to this host.
     *
     * @param hosts hosts, or {@code *.suffix} for each host that has at least one label before the suffix; ignoring
     *     case; an empty list allows no host
     */
    public boolean allowedBy(List<String> hosts) {
        return hosts.stream().map(each -> each.strip().toLowerCase(Locale.ROOT)).anyMatch(this::matches);
    }

    private boolean matches(String allowed) {
        return allowed.startsWith(ANY_LABELS) ? host.endsWith(allowed.substring(1)) : host.equals(allowed);
    }

    private static InvalidValue refused(String address) {
        return new InvalidValue(
                ReasonCode.SMDP_NOT_ALLOWED,
                "SM-DP+ address %s is not https:// and a domain name; ask Celona which one is right"
                        .formatted(quoted(address)));
    }

    private static String quoted(String address) {
        String printable = address.strip().replaceAll("\\p{Cntrl}", " ");
        return "\"" + (printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) + "…" : printable) + "\"";
    }
}
