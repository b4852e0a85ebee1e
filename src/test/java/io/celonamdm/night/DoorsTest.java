package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.login.Login;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** However many clients do not send what they have announced, others are answered. */
class DoorsTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(0, 61));
    private static final int CLIENTS = 400;
    private static final Duration IN_TIME = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Socket> clients = new ArrayList<>();

    @LocalManagementPort
    int managementPort;

    @LocalServerPort
    int pagePort;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    /** What a client sends, and then nothing more. */
    enum Slow {
        BODY("POST /actuator/syncs/warehouse HTTP/1.1", "Content-Type: application/json", "Content-Length: 1000", ""),
        BODY_OF_A_READING_CALL("GET /actuator/health/liveness HTTP/1.1", "Content-Length: 1000", ""),
        CHUNKED("POST /actuator/syncs/warehouse HTTP/1.1", "Transfer-Encoding: chunked", ""),
        CHUNK("POST /actuator/syncs/warehouse HTTP/1.1", "Transfer-Encoding: chunked", "", "400", "x"),
        SIGNED_IN(
                "POST /actuator/syncs/warehouse HTTP/1.1",
                "Authorization: " + Login.OPERATOR.header(),
                "Content-Type: application/json",
                "Content-Length: 1000",
                "",
                "{"),
        FORM(
                "POST /syncs/warehouse HTTP/1.1",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 1000",
                "",
                "a=b"),
        FORM_OF_ANOTHER_METHOD(
                "PUT /syncs/warehouse HTTP/1.1",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 1000",
                "",
                "a=b"),
        SIGNED_IN_FORM(
                "POST /search HTTP/1.1",
                "Authorization: " + Login.VIEWER.header(),
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 1000",
                "",
                "a=b"),
        MULTIPART(
                "POST /syncs/warehouse HTTP/1.1",
                "Content-Type: multipart/form-data; boundary=b",
                "Content-Length: 1000",
                "",
                "--b"),
        HEADERS("GET /actuator/health/liveness HTTP/1.1", "X: y"),
        REQUEST_LINE("GET /act"),
        IDLE("GET /actuator/health/liveness HTTP/1.1", "", ""),
        NOTHING;

        private final List<String> lines;

        Slow(String... lines) {
            this.lines = List.of(lines);
        }

        byte[] bytes() {
            if (lines.isEmpty()) {
                return new byte[0];
            }
            List<String> sent = new ArrayList<>(lines);
            if (sent.size() > 1) {
                sent.add(1, "Host: 127.0.0.1");
            }
            return String.join("\r\n", sent).concat(sent.size() > 2 ? "\r\n" : "").getBytes(StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource(Slow.class)
    void theManagementPortAnswers(Slow slow) throws Exception {
        hold(managementPort, slow);

        for (int probe = 0; probe < 6; probe++) {
            assertThat(get(managementPort, "/actuator/health/liveness")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Slow.class)
    void soDoesThePage(Slow slow) throws Exception {
        hold(pagePort, slow);

        for (int look = 0; look < 6; look++) {
            assertThat(get(pagePort, "/")).isEqualTo(200);
            assertThat(get(managementPort, "/actuator/health/liveness")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 300000", "Content-Length: 99999999999"})
    void aBodyThatIsTooLongIsRefusedBeforeItComes(String header) throws Exception {
        for (int port : List.of(managementPort, pagePort)) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.setSoTimeout((int) IN_TIME.toMillis());
                client.getOutputStream()
                        .write(("POST /actuator/syncs/warehouse HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n%s\r\n\r\n")
                                .formatted(Login.OPERATOR.header(), header)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .matches("(?s)HTTP/1.1 413.*");
            }
        }
    }

    @Test
    void aCallWithABodyGoesOnWorking() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/syncs/warehouse"))
                .header("Authorization", Login.OPERATOR.header())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"fly\"}"))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }

    private void hold(int port, Slow slow) throws IOException {
        byte[] sent = slow.bytes();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            clients.add(client);
            try {
                client.getOutputStream().write(sent);
            } catch (SocketException e) {
                // hung up already, which is as well
                continue;
            }
        }
    }

    private int get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", Login.VIEWER.header())
                .timeout(IN_TIME)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
