package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.login.Login;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Others are answered however many clients fail to send the body that they announced. Waiting for the thread of such a
 * client would take minutes here, so that a slow machine is not mistaken for it.
 */
@TestPropertySource(properties = "server.tomcat.connection-timeout=2m")
class DoorsTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(0, 61));
    /** Two for each thread of a web server. */
    private static final int CLIENTS = 400;

    private static final Duration IN_TIME = Duration.ofSeconds(45);

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

        private final String text;

        Slow(String... lines) {
            List<String> sent = new ArrayList<>(List.of(lines));
            if (sent.size() > 1) {
                sent.add(1, "Host: 127.0.0.1");
            }
            text = String.join("\r\n", sent).concat(sent.size() > 2 ? "\r\n" : "");
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.US_ASCII);
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
                        .write("POST /actuator/syncs/warehouse HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n%s\r\n\r\n"
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

    @Test
    void whoGuessesPasswordsHasToWaitAndOthersDoNot() throws Exception {
        for (Login login : Login.values()) {
            assertThat(signIn(managementPort, login.header())).isEqualTo(200);
        }
        List<Integer> guesses = new ArrayList<>();
        for (int guess = 0; guess < 40; guess++) {
            guesses.add(
                    signIn(guess % 2 == 0 ? managementPort : pagePort, basic(Login.VIEWER.user() + ":guess" + guess)));
        }

        assertThat(guesses).startsWith(401).endsWith(429);
        assertThat(guesses.stream().filter(status -> status == 401)).hasSizeLessThanOrEqualTo(10);
        for (Login login : Login.values()) {
            assertThat(signIn(managementPort, login.header())).isEqualTo(200);
            assertThat(signIn(pagePort, login.header())).isEqualTo(200);
        }
    }

    private int signIn(int port, String authorization) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + (port == pagePort ? "/" : "/actuator/syncs"));
        return http.send(
                        HttpRequest.newBuilder(address)
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** A cookie that was planted by another port of the host, and a form that goes with it. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, 200",
                "own, same-origin, 200",
                "own, cross-site, 403",
                "http://127.0.0.1:1, -, 403",
                "http://127.0.0.1:1, same-site, 403",
                "https://evil.example, -, 403",
                "null, -, 403",
                "-, same-site, 403"
            })
    void aForgedFormIsRefusedEvenIfItsCookieWasPlanted(@Nullable String origin, @Nullable String site, int expected)
            throws Exception {
        String token = UUID.randomUUID().toString();
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagePort + "/search"))
                .header("Authorization", Login.VIEWER.header())
                .header("Cookie", "XSRF-TOKEN=" + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("q=x&_csrf=" + masked(token)));
        HttpRequest.Builder action = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/preview/warehouse"))
                .header("Authorization", Login.OPERATOR.header())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        for (HttpRequest.Builder request : List.of(form, action)) {
            if (origin != null) {
                int port = request == form ? pagePort : managementPort;
                request.header("Origin", "own".equals(origin) ? "http://127.0.0.1:" + port : origin);
            }
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
        }

        assertThat(status(form)).isEqualTo(expected);
        if (expected == 403) {
            assertThat(status(action)).isEqualTo(403);
        } else {
            assertThat(status(action)).isNotEqualTo(403);
        }
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** As a page would have it, which anybody can reckon who has planted the cookie. */
    private static String masked(String token) {
        byte[] plain = token.getBytes(StandardCharsets.UTF_8);
        byte[] masked = new byte[plain.length * 2];
        System.arraycopy(plain, 0, masked, plain.length, plain.length);
        return Base64.getUrlEncoder().encodeToString(masked);
    }

    private void hold(int port, Slow slow) throws IOException {
        byte[] sent = slow.bytes();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            clients.add(client);
            client.getOutputStream().write(sent);
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
