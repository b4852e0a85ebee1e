package io.celonamdm.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A user of the connector under test. Their hashes are cheap to check. */
public enum Login {
    /** May see and change everything. */
    OPERATOR("let-me-operate", "$2a$04$i8wU/yfmbmgyBjzhXCiWweeM18owQjOLQn9Zw3M1xIDSs.44XxQ9e"),
    /** May see everything. */
    VIEWER("let-me-look", "$2a$04$bjlqPLEhQI0dS4JEjh5QgO4fbO/HUL3F2iKWtfmisTbevbt66K1du");

    private final String password;
    private final String hash;

    Login(String password, String hash) {
        this.password = password;
        this.hash = hash;
    }

    /** The user's name. */
    public String user() {
        return "a-" + name().toLowerCase(Locale.ROOT);
    }

    /** The user's password. */
    public String password() {
        return password;
    }

    /** The value of the header with which the user signs in. */
    public String header() {
        String login = user() + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** The settings by which a connector knows these users. */
    public static Map<String, String> settings() {
        return Stream.of(values())
                .flatMap(login -> Stream.of(
                        Map.entry("connector.security.users." + login.user() + ".password", "{bcrypt}" + login.hash),
                        Map.entry("connector.security.users." + login.user() + ".role", login.name())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
