package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.http.RawHost.Script;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.rings.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Each call ends, and says itself what its end means. */
@Slow
class CallsToOutsideTests {
    private static final Duration DEADLINE = Duration.ofMillis(800);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    private static final String KILOBYTES = "2000\r\n" + "x".repeat(0x2000) + "\r\n";

    private volatile int refusal = 407;
    private final RawHost proxy = new RawHost(host -> host.say(
            "HTTP/1.1 %d No\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>no</p>".formatted(refusal)));

    private final Map<String, Object> settings = new TreeMap<>(Map.of(
            "connector.http.call-timeout", DEADLINE,
            "connector.http.response-timeout", "3s",
            "connector.http.connect-timeout", "3s",
            "connector.http.max-answer-size", "100KB",
            "connector.http.download-timeout", "4s",
            "connector.http.max-download-size", "300KB",
            "connector.http.hosts.[tunnelled.example].proxy", "http://127.0.0.1:" + proxy.port()));

    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final DefaultCamelContext camel =
            new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
    private final ProducerTemplate template = camel.createProducerTemplate();

    @BeforeEach
    void start() throws Exception {
        camel.disableJMX();
        HttpStandIn.register(beans, settings);
        beans.refresh();
        HttpStandIn.use(camel, beans);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:call")
                        .streamCache("false")
                        .toD("${header.address}")
                        .process(CallsToOutsideTests::read);
            }
        });
        camel.start();
    }

    private static void read(Exchange exchange) throws IOException {
        if (exchange.getMessage().getBody() instanceof InputStream body) {
            body.readAllBytes();
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        beans.getBean(Fence.class).leave();
        camel.stop();
        beans.close();
    }

    private Failure failure(Exchange exchange) {
        return beans.getBean(Failures.class).of(Objects.requireNonNull(exchange.getException(), "no failure"));
    }

    private Exchange call(String address, String method) {
        Exchange exchange = template.send("direct:call", request -> {
            request.getMessage().setHeader("address", address);
            request.getMessage().setHeader(Exchange.HTTP_METHOD, method);
            request.getMessage().setBody(method.equals("GET") ? null : "{}");
        });
        return exchange;
    }

    static Stream<Arguments> endless() {
        Script slowBody = host -> {
            host.say(OK + "Content-Length: 100000\r\n\r\n");
            host.forEver("x", 20);
        };
        Script slowChunks = host -> {
            host.say(OK + CHUNKED);
            host.forEver("1\r\nx\r\n", 20);
        };
        Script slowChunkSize = host -> {
            host.say(OK + CHUNKED);
            host.forEver("0", 20);
        };
        Script slowHeaders = host -> {
            host.say(OK);
            host.forEver("X", 20);
        };
        Script hints = host -> host.forEver("HTTP/1.1 103 Early Hints\r\n\r\n", 20);
        Script slowRefusal = host -> {
            host.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 100000\r\n\r\n");
            host.forEver("x", 20);
        };
        Script silence = host -> host.hang();
        Script silenceAfterStatus = host -> {
            host.say(OK);
            host.hang();
        };
        Script silenceInBody = host -> {
            host.say(OK + "Content-Length: 100\r\n\r\n{");
            host.hang();
        };
        Script reset = host -> {
            throw new IOException("hangs up");
        };
        Script cut = host -> {
            host.say(OK + "Content-Length: 100\r\n\r\n{");
            throw new IOException("hangs up");
        };
        Script cutChunk = host -> {
            host.say(OK + CHUNKED + "10\r\nxx");
            throw new IOException("hangs up");
        };
        Script headers = host -> {
            host.say(OK);
            host.forEver("X: y\r\n", 0);
        };
        Script header = host -> {
            host.say(OK + "X: ");
            host.forEver("y".repeat(1000), 0);
        };
        return Stream.of(
                arguments("a slow body", slowBody, ReasonCode.UNREACHABLE),
                arguments("slow chunks", slowChunks, ReasonCode.UNREACHABLE),
                arguments("a slow size of a chunk", slowChunkSize, ReasonCode.UNREACHABLE),
                arguments("slow headers", slowHeaders, ReasonCode.UNREACHABLE),
                arguments("hints without end", hints, ReasonCode.UNREACHABLE),
                arguments("a slow refusal", slowRefusal, ReasonCode.UNREACHABLE),
                arguments("silence", silence, ReasonCode.UNREACHABLE),
                arguments("silence after the status", silenceAfterStatus, ReasonCode.UNREACHABLE),
                arguments("silence in the body", silenceInBody, ReasonCode.UNREACHABLE),
                arguments("hung up", reset, ReasonCode.UNREACHABLE),
                arguments("a body cut off", cut, ReasonCode.UNREACHABLE),
                arguments("a chunk cut off", cutChunk, ReasonCode.UNREACHABLE),
                arguments("headers without end", headers, ReasonCode.UNREACHABLE),
                arguments("a header without end", header, ReasonCode.UNREACHABLE),
                arguments("a body without end", large(OK, false), ReasonCode.UNREADABLE_ANSWER),
                arguments("a refusal without end", large("HTTP/1.1 400 No\r\n", false), ReasonCode.UNREADABLE_ANSWER),
                arguments("a failure without end", large("HTTP/1.1 503 No\r\n", false), ReasonCode.UNREADABLE_ANSWER),
                arguments("a large length", large(OK, true), ReasonCode.UNREADABLE_ANSWER),
                arguments("a compressed bomb", bomb(), ReasonCode.UNREADABLE_ANSWER));
    }

    private static Script large(String status, boolean told) {
        return host -> {
            host.say(status + (told ? "Content-Length: 99999999999\r\n\r\n" : CHUNKED));
            host.forEver(KILOBYTES, 0);
        };
    }

    private static Script bomb() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10 * 1024 * 1024]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(bomb.size()).isLessThan(50_000);
        return host -> {
            host.say(OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            host.say(bomb.toByteArray());
            host.hang();
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void whateverAHostSaysTheCallEndsAsOneOfWhichNobodyKnows(String label, Script script, ReasonCode code)
            throws IOException {
        for (String options : List.of(
                "", "?throwExceptionOnFailure=false", "?throwExceptionOnFailure=false&disableStreamCache=true")) {
            try (RawHost host = new RawHost(script)) {
                long begun = System.nanoTime();
                Failure failure = failure(call("http://127.0.0.1:" + host.port() + options, "POST"));

                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as(options)
                        .isLessThan(DEADLINE.plusSeconds(10));
                assertThat(failure)
                        .as(options)
                        .returns(Kind.OUTCOME_UNKNOWN, Failure::kind)
                        .returns(code, Failure::code);
                assertThat(failure.reason()).as(options).contains("127.0.0.1");
                assertThat(host.requests()).as("requests").isEqualTo(1);
                await("the connection is closed").atMost(Duration.ofSeconds(30)).until(() -> host.open() == 0);
            }
        }
    }

    @Test
    void theWordsNameTheSetting() throws IOException {
        try (RawHost host = new RawHost(client -> {
            client.say(OK);
            client.forEver("X", 20);
        })) {
            String address = "http://127.0.0.1:" + host.port();

            assertThat(failure(call(address, "GET")).reason())
                    .isEqualTo("127.0.0.1 did not answer in full within 0.8s (connector.http.call-timeout)");
            assertThat(failure(call(address + "?responseTimeout=500", "GET")).reason())
                    .isEqualTo("127.0.0.1 did not answer in full within 0.5s (the timeout of this call)");
            assertThat(failure(call(address + "?httpClientConfigurer=#bean:downloads", "GET"))
                            .reason())
                    .isEqualTo("127.0.0.1 did not answer in full within 4s (connector.http.download-timeout)");
        }
    }

    @Test
    void aDownloadMayBeLarger() throws IOException {
        Script largeButFinite = host -> {
            host.say(OK + "Content-Length: 200000\r\n\r\n");
            host.say("x".repeat(200_000));
        };
        try (RawHost host = new RawHost(largeButFinite)) {
            String address = "http://127.0.0.1:" + host.port();

            assertThat(failure(call(address, "GET")).code()).isEqualTo(ReasonCode.UNREADABLE_ANSWER);
            assertThat(call(address + "?httpClientConfigurer=#bean:downloads", "GET")
                            .getException())
                    .isNull();
        }
        try (RawHost host = new RawHost(large(OK, false))) {
            assertThat(failure(call(
                                    "http://127.0.0.1:" + host.port()
                                            + "?disableStreamCache=true&httpClientConfigurer=#bean:downloads",
                                    "GET"))
                            .reason())
                    .contains("connector.http.max-download-size");
        }
    }

    @Test
    void anAnswerThatIsReadLeavesItsConnectionToTheNextCall() throws IOException {
        Script good = host -> host.say(OK + "Content-Length: 2\r\n\r\n{}");
        try (RawHost host = new RawHost(good)) {
            for (int i = 0; i < 3; i++) {
                assertThat(call("http://127.0.0.1:" + host.port(), "GET").getException())
                        .isNull();
            }

            assertThat(host.requests()).isEqualTo(3);
            assertThat(host.open()).isEqualTo(1);
        }
        assertThat(beans.getBean(CallsUnderWay.class).count()).isZero();
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws IOException {
        Script redirect = host -> host.say("HTTP/1.1 307 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        try (RawHost host = new RawHost(redirect)) {
            assertThat(call("http://127.0.0.1:" + host.port(), "GET").getException())
                    .isInstanceOf(HttpOperationFailedException.class);
            assertThat(host.requests()).isEqualTo(1);
        }
    }

    /** As gateways send them: the status says what to do, whatever its page is written in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf8mb4",
                "text/html; charset=\"\"",
                "text/html; charset=",
                "text/html; charset=*",
                "text/html; charset=utf-8, utf-8",
                "text/html; charset=utf-8; profile=page",
                "nonsense",
                ";;;",
                "multipart/form-data",
                "application/json; charset=\u0000"
            })
    void aRefusalIsReadWhateverItsContentTypeIs(String contentType) throws IOException {
        Script refusal = host -> host.say("HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 4\r\n\r\nslow");
        try (RawHost host = new RawHost(refusal)) {
            String address = "http://127.0.0.1:" + host.port();

            assertThat(failure(call(address, "POST")))
                    .returns(Kind.TRANSIENT, Failure::kind)
                    .returns(ReasonCode.THROTTLED, Failure::code)
                    .satisfies(failure -> assertThat(failure.again()).isNotNull());
            Exchange kept = call(address + "?throwExceptionOnFailure=false", "POST");
            assertThat(kept.getException()).isNull();
            assertThat(kept.getMessage().getBody(byte[].class)).isNotNull();
            assertThat(kept.getMessage().getBody(String.class)).isNotNull();
        }
    }

    @Test
    void whatDidNotLeaveIsNotSent() throws IOException {
        int nobody;
        try (RawHost host = new RawHost(client -> client.hang())) {
            nobody = host.port();
        }
        assertNotSent("http://127.0.0.1:" + nobody, Obstacle.CONNECTION, "Connection refused");
        assertNotSent("http://nowhere.invalid", Obstacle.NAME, "nowhere.invalid");
        try (RawHost host = RawHost.talkative(client -> client.say("no TLS here, whatever you say"))) {
            assertNotSent("https://127.0.0.1:" + host.port(), Obstacle.TLS, "127.0.0.1");
        }
    }

    private void assertNotSent(String address, Obstacle obstacle, String words) {
        // longer than the others, which a busy machine may not take to a handshake
        Exchange exchange = call(address + "?responseTimeout=20000", "POST");

        assertThat(failure(exchange))
                .returns(Kind.TRANSIENT, Failure::kind)
                .returns(ReasonCode.UNREACHABLE, Failure::code);
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.obstacle()).isEqualTo(obstacle))
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500, 502, 503, 504})
    void aProxyThatCannotConnectHasSentNothing(int status) {
        refusal = status;
        assertNotSent("https://tunnelled.example", Obstacle.PROXY, proxyWords(status));
        assertThat(proxy.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void aProxyThatMayNotConnectIsForAPersonToMend(int status) {
        refusal = status;
        Exchange exchange = call("https://tunnelled.example", "POST");

        assertThat(failure(exchange))
                .returns(Kind.CONFIGURATION, Failure::kind)
                .returns(ReasonCode.PROXY_REFUSED, Failure::code)
                .returns(proxyWords(status), Failure::reason);
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.obstacle()).isEqualTo(Obstacle.PROXY));
    }

    private String proxyWords(int status) {
        return "the proxy http://127.0.0.1:%d (connector.http.hosts) would not connect to tunnelled.example: status %d"
                .formatted(proxy.port(), status);
    }

    @Test
    void aLedgerThatCannotBeAskedIsItsOwnTroubleAndNothingIsSent() throws IOException {
        try (RawHost host = new RawHost(client -> client.hang())) {
            beans.getBean(Fence.class).enter(new SyncName("warehouse"), 1);

            assertThat(failure(call("http://127.0.0.1:" + host.port(), "POST")))
                    .returns(Kind.TRANSIENT, Failure::kind)
                    .returns(ReasonCode.LEDGER_UNAVAILABLE, Failure::code);
            assertThat(host.requests()).isZero();
        }
    }

    @Test
    void theCallsOfASyncCanBeCancelled() throws IOException {
        CallsUnderWay underWay = beans.getBean(CallsUnderWay.class);
        try (RawHost host = new RawHost(client -> client.hang())) {
            CompletableFuture<Failure> failure = CompletableFuture.supplyAsync(() -> {
                beans.getBean(Fence.class).enter(new SyncName("warehouse"), 1);
                try {
                    return failure(call("http://127.0.0.1:" + host.port() + "?responseTimeout=60000", "GET"));
                } finally {
                    beans.getBean(Fence.class).leave();
                }
            });
            await().until(() -> host.requests() == 1);

            assertThat(underWay.cancel(new SyncName("yard"), "another sync")).isZero();
            assertThat(underWay.cancel(new SyncName("warehouse"), "the run was cancelled"))
                    .isEqualTo(1);
            assertThat(failure)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .returns(Kind.OUTCOME_UNKNOWN, Failure::kind)
                    .returns("the run was cancelled", Failure::reason);
            assertThat(failure.join().again()).as("no repetition on the spot").isNotNull();
        }
    }
}
