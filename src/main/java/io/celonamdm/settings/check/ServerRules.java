package io.celonamdm.settings.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the ports, addresses and certificates of the servers, which Spring Boot takes as they are: its servers fail later, in
 * words that name no setting, or serve a certificate that no client accepts.
 */
public final class ServerRules {
    private static final int LAST_PORT = 65_535;
    private static final int NO_PORT = -1;

    private final WrittenSettings written;
    private final Problems problems;

    private ServerRules(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    /**
     * All that is wrong with them, and with other settings of the frameworks.
     *
     * @param doubts takes what is wrong, and has no effect
     */
    public static List<Problem> problems(ConfigurableEnvironment environment, Consumer<Problem> doubts) {
        WrittenSettings written = new WrittenSettings(environment);
        Problems problems = new Problems(written);
        ServerRules rules = new ServerRules(written, problems);
        for (String server : List.of("server", "management.server")) {
            rules.check(ConfigurationPropertyName.of(server));
        }
        rules.checkFolders();
        Problems idle = new Problems(written);
        new TlsRules(written, problems).check(new TlsRules(written, idle));
        new FrameworkRules(written, problems).check(idle);
        idle.and(List.of()).forEach(doubts);
        return problems.and(new ArrayList<>());
    }

    private void check(ConfigurationPropertyName server) {
        ConfigurationPropertyName port = server.append("port");
        Optional<String> number = written.value(port);
        if (number.filter(text -> !isPort(text)).isPresent()) {
            problems.add(port, "must be a port from 1 to %d, 0 for any free one, or -1 for none".formatted(LAST_PORT));
        }
        if (number.filter(String.valueOf(NO_PORT)::equals).isEmpty()) {
            ConfigurationPropertyName address = server.append("address");
            written.value(address).filter(text -> !text.isBlank()).ifPresent(text -> checkAddress(address, text));
        }
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            return port >= NO_PORT && port <= LAST_PORT;
        } catch (NumberFormatException e) {
            return text.isBlank();
        }
    }

    /** Only the system knows: an address may move to this machine, or may be bound before it does. */
    private void checkAddress(ConfigurationPropertyName key, String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            socket.getLocalPort();
        } catch (UnknownHostException e) {
            problems.add(
                    key,
                    "no host has this name; must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all");
        } catch (IOException e) {
            problems.add(
                    key,
                    "is no address of this machine (%s); must be one, such as 127.0.0.1, or 0.0.0.0 for all"
                            .formatted(e.getMessage()));
        }
    }

    private void checkFolders() {
        ConfigurationPropertyName base = ConfigurationPropertyName.of("server.tomcat.basedir");
        checkFolder(base, "");
        ConfigurationPropertyName log = ConfigurationPropertyName.of("server.tomcat.accesslog.directory");
        if (written.value(ConfigurationPropertyName.of("server.tomcat.accesslog.enabled"))
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            checkFolder(log, written.value(base).orElse(""));
        }
    }

    private void checkFolder(ConfigurationPropertyName key, String below) {
        Optional<String> folder = written.value(key).filter(text -> !text.isBlank());
        if (folder.isEmpty()) {
            return;
        }
        try {
            Path path = Path.of(below).resolve(folder.get());
            // a relative one without a base is made in a temporary folder
            if (path.isAbsolute() || !below.isEmpty()) {
                Files.createDirectories(path);
                if (!Files.isWritable(path)) {
                    problems.add(
                            key,
                            "the user that runs the connector may not write there; grant it the right, or choose another");
                }
            }
        } catch (IOException | InvalidPathException e) {
            problems.add(key, "the folder cannot be made; choose another");
        }
    }
}
