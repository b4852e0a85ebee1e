package io.celonamdm.operations.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a verb asks, what it prints, and its exit code for each way in which that can fail. */
class VerbTests {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("ann:hush".getBytes(StandardCharsets.UTF_8));

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @TempDir
    Path folder;

    VerbTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("password"), "hush\n");
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(int status, String type, String body) {
        server.createContext("/", exchange -> {
            note(exchange);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void note(HttpExchange exchange) {
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int verb(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                url(),
                "--user",
                "ann",
                "--password-file",
                folder.resolve("password").toString()));
        return plain(all.toArray(String[]::new));
    }

    private int plain(String... arguments) {
        CommandLine line = new CommandLine(new Root());
        Verbs.all().forEach(line::addSubcommand);
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @CommandLine.Command(name = "connector")
    static final class Root {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | GET /actuator/syncs",
                "status a%20b | GET /actuator/syncs/a%2520b",
                "runs | GET /actuator/runs",
                "runs 7 | GET /actuator/runs/7",
                "runs --sync=w --limit=3 | GET /actuator/runs?limit=3&sync=w",
                "run w | POST /actuator/syncs/w {\"action\":\"run\"}",
                "plan w --reason=r | POST /actuator/syncs/w {\"action\":\"plan\",\"reason\":\"r\"}",
                "pause w --reason=r | POST /actuator/syncs/w {\"action\":\"pause\",\"reason\":\"r\"}",
                "resume w --reason=r | POST /actuator/syncs/w {\"action\":\"resume\",\"reason\":\"r\"}",
                "release w --reason=r | POST /actuator/syncs/w {\"action\":\"release\",\"reason\":\"r\"}",
                "cancel 7 --reason=r | POST /actuator/runs/7 {\"action\":\"cancel\",\"reason\":\"r\"}",
                "approve w --plan=7 --count=8 --reason=r"
                        + " | POST /actuator/syncs/w {\"action\":\"approve\",\"count\":8,\"plan\":7,\"reason\":\"r\"}",
                "dead-letters w --code=DG_NOT_FOUND | GET /actuator/deadletters/w?code=DG_NOT_FOUND",
                "redrive w --all --reason=r | POST /actuator/deadletters/w {\"action\":\"redrive\",\"reason\":\"r\"}",
                "redrive w --code=C --eids=1,2 --reason=r"
                        + " | POST /actuator/deadletters/w {\"action\":\"redrive\",\"code\":\"C\",\"eids\":\"1,2\",\"reason\":\"r\"}",
                "take-back w release --eids=1 --reason=r"
                        + " | POST /actuator/deadletters/w {\"action\":\"release\",\"eids\":\"1\",\"reason\":\"r\"}",
                "in-doubt w | GET /actuator/indoubt/w",
                "in-doubt w 41 adopt --request-id=5 --reason=r"
                        + " | POST /actuator/indoubt/w/41 {\"action\":\"adopt\",\"reason\":\"r\",\"requestId\":\"5\"}",
                "device w --place=dead --after=5 | GET /actuator/devices/w?after=5&place=dead",
                "device w 89 | GET /actuator/devices/w/89",
                "device w 89 retire --reason=r --confirm=c"
                        + " | POST /actuator/devices/w/89 {\"action\":\"retire\",\"confirm\":\"c\",\"reason\":\"r\"}",
                "preview w --search=WH& | GET /actuator/preview/w?q=WH%26",
                "profile w | GET /actuator/profile/w",
                "drift w | GET /actuator/drift/w",
                "check w --reason=r | POST /actuator/preflight/w {\"reason\":\"r\"}",
                "channels | GET /actuator/notifications",
                "channels --test=ops | POST /actuator/notifications/ops {\"action\":\"test\"}",
                "erase --person=tom | GET /actuator/erasure?person=tom",
                "erase --eid=89 --count=1 --reason=r"
                        + " | POST /actuator/erasure {\"count\":1,\"eid\":\"89\",\"reason\":\"r\"}",
                "backup --reason=r | POST /actuator/ledger {\"action\":\"backup\",\"reason\":\"r\"}"
            })
    void eachAsksItsEndpoint(String line, String expected) {
        answer(200, "application/json", "{}");

        assertThat(verb(line.split(" "))).as("no connector answers that").isEqualTo(3);
        assertThat(asked).containsExactly(expected, LOGIN);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"search\",\"tagline\":\"You know\"}",
                "[{\"name\":\"search\"}]",
                "[7]",
                "[null]",
                "{}",
                "\"\"",
                "null",
                "[{\"name\":\"w\", \"state\":",
                "EID,Code"
            })
    void theJsonOfAnotherProgramIsNoAnswer(String body) {
        answer(200, "application/json", body);

        for (String verb :
                new String[] {"status", "status w", "status --json", "runs", "drift w", "device w", "check --reason=r"
                }) {
            assertThat(verb(verb.split(" "))).as(verb).isEqualTo(3);
        }
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("answers 200, and not as a connector does", "--url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "name,eid"})
    void anExportHasItsHeader(String body) {
        answer(200, "text/csv", body);

        assertThat(verb("dead-letters", "w", "--csv")).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToTheEndOfTheMemory() {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(blanks);
            }
        });

        assertThat(verb("status")).isEqualTo(3);
        assertThat(err.toString()).contains("the answer is longer than 100 MB");
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 99);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.getHttpContext().getServer().stop(0);
        });

        assertThat(verb("status")).isEqualTo(3);
        assertThat(err.toString()).contains("What was asked for may have happened");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
    }

    @Test
    void jsonIsPrintedAsItIs() {
        answer(200, "application/vnd.spring-boot.actuator.v3+json", "[{\"name\":\"Zoë\", \"state\":\"IDLE\"}]");

        assertThat(verb("status", "--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo("[{\"name\":\"Zoë\", \"state\":\"IDLE\"}]");
    }

    @Test
    void whatAVendorWroteDoesNotSteerTheTerminal() {
        answer(
                200,
                "application/json",
                "[{\"code\":\"X\",\"step\":\"ASSIGN\",\"eid\":\"8904\",\"reason\":\"a\\u001b[2Jb\\nc\\u202e\"}]");

        assertThat(verb("dead-letters", "w")).isZero();
        assertThat(out.toString()).contains("a[2Jb c").doesNotContain("\u001b", "\u202e");
        assertThat(out.toString().lines()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409 | application/json | {\"error\":\"run 7 is open\"} | 1 | run 7 is open",
                "404 | application/json | {\"error\":\"no sync is named w\"} | 1 | no sync is named w",
                "400 | application/json | {\"error\":\"bad\",\"problems\":[\"a is b\"]} | 1 | a is b",
                "401 | application/json | {\"error\":\"sign in\"} | 1 | who may ask.",
                "401 | text/html | no | 1 | who may ask. Or something else answers there: --url names the management port",
                "403 | application/json | {\"error\":\"no role\"} | 1 | a VIEWER may only look.",
                "403 | text/html | no | 1 | a VIEWER may only look. Or something else answers there: --url names the",
                "500 | application/json | {\"status\":500,\"path\":\"/x\",\"error\":\"Internal\"} | 1 | answers 500",
                "200 | text/html | <html>Sign in</html> | 3 | not as a connector does",
                "204 | text/html | '' | 3 | not as a connector does",
                "302 | text/html | moved | 3 | not as a connector does",
                "404 | text/html | nothing here | 3 | not as a connector does",
                "503 | text/html | gateway | 3 | not as a connector does"
            })
    void everyAnswerHasItsExitCode(int status, String type, String body, int exitCode, String words) {
        answer(status, type, body);

        assertThat(verb("run", "w")).as("%s", err).isEqualTo(exitCode);
        assertThat(err.toString()).startsWith("connector run: ").contains(words).doesNotContain("hush");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
        assertThat(asked).as("nothing is asked twice").hasSize(2);
    }

    @Test
    void aConnectorThatDoesNotAnswerIsNotWaitedForForEver() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(verb("status", "--timeout=1")).isEqualTo(3);
        assertThat(err.toString()).contains("has not answered within 1 s");
    }

    @Test
    void anAddressWithoutAConnectorIsNamed() {
        server.stop(0);

        assertThat(verb("status")).isEqualTo(3);
        assertThat(err.toString()).contains("nothing listens at " + url() + "/actuator", "--url");
    }

    @ParameterizedTest
    @CsvSource({"https://, not an address", "ftp://x, not an address", "http://ann:hush@x/, has a user or a password"})
    void anAddressThatIsNone(String address, String words) {
        assertThat(plain("status", "--url", address, "--user=a", "--password-file=-"))
                .isEqualTo(2);
        assertThat(err.toString()).contains(words).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({"missing, cannot be read", "empty, has no password or token", ".,cannot be read"})
    void aPasswordThatCannotBeRead(String name, String words) throws IOException {
        Files.createFile(folder.resolve("empty"));

        String file = folder.resolve(name).toString();
        assertThat(plain("status", "--url", url(), "--user=a", "--password-file", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains(file, words);
    }

    @Test
    void aTokenTakesThePlaceOfAPassword() {
        answer(200, "application/json", "[]");

        String file = folder.resolve("password").toString();
        assertThat(plain("status", "--url", url(), "--token-file", file)).isZero();
        assertThat(asked).contains("Bearer hush");
    }

    @Test
    void aDecisionNeedsItsReason() {
        assertThat(verb("in-doubt", "w", "41", "release")).isEqualTo(2);
        assertThat(verb("device", "w", "89", "hold")).isEqualTo(2);
        assertThat(verb("erase", "--eid=89", "--count=1")).isEqualTo(2);
        assertThat(verb("erase", "--eid=89", "--reason=r")).isEqualTo(2);
        assertThat(verb("erase", "--reason=r")).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void aFileOfAuthoritiesIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThat(plain(
                        "status",
                        "--url=https://127.0.0.1:1",
                        "--user=a",
                        "--ca=" + file,
                        "--password-file=" + folder.resolve("password")))
                .isEqualTo(2);
        assertThat(err.toString()).contains(file.toString(), "PEM");
    }
}
