package io.celonamdm.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** A Prometheus that scrapes a connector as {@code docs/metrics.md} says, every second, with the alerts as its rules. */
public final class Prometheus implements AutoCloseable {
    private static final String NAME = "prometheus";
    private static final Pattern DOCUMENTED = Pattern.compile("```yaml\\n(scrape_configs:.*?)```", Pattern.DOTALL);

    private final Process process;
    private final Client client;

    private Prometheus(Process process, int port) {
        this.process = process;
        client = new Client("http://127.0.0.1:" + port, "Accept", "application/json");
    }

    /**
     * Starts it; skips the test where it is not installed.
     *
     * @param target host and port of the connector's endpoints
     * @param login who may see them
     * @param folder where it keeps its files
     */
    public static Prometheus scraping(String target, Login login, Path folder) throws IOException {
        Promtool.assumeInstalled(NAME);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path settings = Files.writeString(folder.resolve("prometheus.yaml"), settings(target, login, folder));
        Process process = new ProcessBuilder(
                        NAME,
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("series"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        // not even a test run that is broken off leaves a process behind
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Prometheus(process, port);
    }

    private static String settings(String target, Login login, Path folder) throws IOException {
        Matcher documented = DOCUMENTED.matcher(Files.readString(Path.of("docs", "metrics.md")));
        if (!documented.find()) {
            throw new AssertionError("docs/metrics.md does not say how to scrape");
        }
        Path password = Files.writeString(folder.resolve("password"), login.password());
        Map<String, Object> settings = new Yaml()
                .load(documented
                        .group(1)
                        .replace("127.0.0.1:8081", target)
                        .replace("username: dashboard", "username: " + login.user())
                        .replaceFirst("password_file: [^ ]+", "password_file: " + password));
        settings.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"));
        settings.put("rule_files", List.of(Monitoring.ALERTS.toAbsolutePath().toString()));
        return new Yaml().dump(settings);
    }

    /** Whether no series answers an expression, so far. */
    public boolean hasNothing(String expression) {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result")
                .isEmpty();
    }

    /** The names of the alerts that are about to fire. */
    public Set<String> alerts() {
        Set<String> names = new TreeSet<>();
        ask("/api/v1/alerts")
                .path("alerts")
                .forEach(alert -> names.add(alert.at("/labels/alertname").asText()));
        return names;
    }

    private JsonNode ask(String path) {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus ended with exit code " + process.exitValue());
        }
        try {
            Reply reply = client.get(path);
            if (reply.status() != 200) {
                throw new AssertionError(path + " answered " + reply.status() + ": " + reply.body());
            }
            return reply.json().path("data");
        } catch (ConnectException e) {
            throw new AssertionError("Prometheus does not listen yet", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
