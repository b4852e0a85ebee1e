package io.celonamdm.operations.client;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the connector is and who asks it: by option, by a variable {@code MDM_CONNECTOR_…}, or by a line of the file
 * {@code ~/.mdm-connector}, in this order. Neither a password nor a token can be an argument, which others could see.
 */
final class Connection {
    private static final String DEFAULT_URL = "http://127.0.0.1:8081/actuator";
    private static final String STANDARD_INPUT = "-";
    private static final int LONGEST_SECRET = 65_536;

    @Option(names = "--url", paramLabel = "URL", description = "the management port; default: " + DEFAULT_URL)
    @Nullable
    String url;

    @Option(names = "--user", paramLabel = "NAME", description = "who asks")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "has the password in its first line; - reads standard input")
    @Nullable
    String passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "has a token of your issuer, in place of user and password; - reads standard input")
    @Nullable
    String tokenFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "the authorities that sign its certificate, as PEM")
    @Nullable
    String ca;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "how long the whole call may take; default: 60")
    @Nullable
    Integer timeout;

    private final Map<String, String> variables;
    private @Nullable Properties file;

    Connection() {
        this(System.getenv());
    }

    Connection(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The address of the endpoints, which have {@code /actuator} before them unless it says another path. */
    URI address() {
        String text = setting(url, "url", DEFAULT_URL);
        try {
            URI address = new URI(text.contains("://") ? text : "http://" + text);
            if (address.getHost() == null
                    || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                throw noAddress(text);
            }
            if (address.getUserInfo() != null) {
                throw VerbFailed.usage(
                        "the address has a user or a password in it", "Leave it out; --user names the user.");
            }
            String path = address.getPath().replaceFirst("/+$", "");
            return new URI(
                    address.getScheme(),
                    null,
                    address.getHost(),
                    address.getPort(),
                    path.isEmpty() ? "/actuator" : path,
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw noAddress(text);
        }
    }

    private static VerbFailed noAddress(String text) {
        return VerbFailed.usage("not an address: " + text, "--url is such as https://connector.example:8081");
    }

    Duration patience() {
        String text = setting(timeout == null ? null : timeout.toString(), "timeout", "60");
        try {
            int seconds = Integer.parseInt(text);
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw VerbFailed.usage("the timeout is a number of seconds above 0, not " + text, "");
    }

    /** The file of certificate authorities; empty for those of the JVM. */
    String authorities() {
        return setting(ca, "ca", "");
    }

    /** The value of the header with which the person signs in. */
    String login() {
        String token = secret(tokenFile, "token");
        if (token != null) {
            return "Bearer " + token;
        }
        String name = who();
        String password = secret(passwordFile, "password");
        if (password == null) {
            password = asked(name);
        }
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The user who asks. */
    String who() {
        String name = setting(user, "user", "");
        if (name.isEmpty()) {
            throw VerbFailed.usage(
                    "no user",
                    "Set MDM_CONNECTOR_USER and MDM_CONNECTOR_PASSWORD, or give --user and --password-file.");
        }
        return name;
    }

    /** From JDK 22 on there always is a console; what is not a terminal ends without an answer. */
    @SuppressWarnings("SystemConsoleNull")
    private static String asked(String name) {
        Console console = System.console();
        char[] answer = console == null ? null : console.readPassword("Password of %s: ", name);
        if (answer == null) {
            throw VerbFailed.usage(
                    "no password of " + name,
                    "Set MDM_CONNECTOR_PASSWORD, or give --password-file; - is standard input.");
        }
        return new String(answer);
    }

    /** A secret of a file that an option names, of a variable, or of a file that a variable names. */
    private @Nullable String secret(@Nullable String option, String name) {
        if (option != null) {
            return contentOf(option);
        }
        String value = setting(null, name, "");
        if (!value.isEmpty()) {
            return value;
        }
        String named = setting(null, name + "-file", "");
        return named.isEmpty() ? null : contentOf(named);
    }

    private static String contentOf(String name) {
        try (InputStream input = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
            String line = new String(input.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (!line.isEmpty()) {
                return line;
            }
        } catch (IOException e) {
            throw VerbFailed.usage("%s cannot be read: %s".formatted(name, e), "");
        }
        throw VerbFailed.usage(
                (name.equals(STANDARD_INPUT) ? "standard input" : name) + " has no password or token in its first line",
                "");
    }

    private String setting(@Nullable String option, String name, String otherwise) {
        if (option != null) {
            return option.strip();
        }
        String variable =
                variables.get("MDM_CONNECTOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (variable != null && !variable.isBlank()) {
            return variable.strip();
        }
        return file().getProperty(name, otherwise).strip();
    }

    private Properties file() {
        Properties read = file;
        if (read == null) {
            read = new Properties();
            Path path = Path.of(variables.getOrDefault(
                    "MDM_CONNECTOR_FILE", System.getProperty("user.home", "") + "/.mdm-connector"));
            if (Files.exists(path)) {
                try (Reader reader = Files.newBufferedReader(path)) {
                    read.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                    throw VerbFailed.usage("%s cannot be read: %s".formatted(path, e), "");
                }
            }
            file = read;
        }
        return read;
    }
}
