package io.celonamdm.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a Kubernetes API server as a chart's {@code lookup} asks: which Secrets there are. Helm as a library asks one
 * whenever it renders, so without this it would ask the cluster of whoever runs the tests.
 */
final class ApiServer {
    private static final String SECRETS = "/api/v1/namespaces/tools/secrets/";

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Starts it and leads Helm to it, by the file of the environment variable {@code KUBECONFIG} of the build. */
    ApiServer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            Files.writeString(Path.of(System.getenv("KUBECONFIG")), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    users: [{name: test, user: {}}]
                    current-context: test
                    """.formatted(
                            server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on there is a Secret, in the namespace of the release; its data is JSON, in Base64. */
    void put(String name, String data) {
        secrets.put(name, """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "namespace": "tools"}, "data": %s}
                """.formatted(name, data));
    }

    void remove(String name) {
        secrets.remove(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String secret = path.startsWith(SECRETS) ? secrets.get(path.substring(SECRETS.length())) : null;
        if (path.equals("/api/v1")) {
            send(exchange, 200, """
                    {"kind": "APIResourceList", "groupVersion": "v1", "resources":
                    [{"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get"]}]}
                    """);
        } else if (secret != null) {
            send(exchange, 200, secret);
        } else {
            send(exchange, 404, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
                    """);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
