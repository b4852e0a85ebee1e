package io.celonamdm.simulator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final AtomicInteger processed = new AtomicInteger();
    private final SimulatorServer server = SimulatorServer.start(0, request -> {
        processed.incrementAndGet();
        return Answer.json(200, Json.object("answer", "fine"));
    });
    private final Client client = new Client(server.url(), "X-API-Key", "key");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void faultsOfOnePathComeInOrderAndAreUsedUp() throws IOException {
        server.faults().once("POST", "/a", Fault.tooManyRequests(Duration.ofSeconds(7)));
        server.faults().times(2, "POST", "/a", Fault.status(503));

        assertThat(post().response().headers().firstValue("Retry-After")).contains("7");
        assertThat(post().status()).isEqualTo(503);
        assertThat(client.get("/a").status()).isEqualTo(200);
        assertThat(post().status()).isEqualTo(503);
        assertThat(post().body()).isEqualTo("{\"answer\":\"fine\"}");
        assertThat(processed).hasValue(2);
    }

    @Test
    void hangUpBeforeProcessingChangesNothing() {
        server.faults().once("", "/a", Fault.hangUpBeforeProcessing());

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(processed).hasValue(0);
    }

    @Test
    void hangUpAfterProcessingHasChangedTheState() {
        server.faults().once("", "/a", Fault.hangUpAfterProcessing());

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(processed).hasValue(1);
        assertThat(server.log().awaitOver("POST", "/a", 1, SOON).get(0).status())
                .isEmpty();
    }

    @Test
    void answersCanBeTruncatedSlowOrHtml() throws IOException {
        server.faults().once("", "/a", Fault.truncated().and(Fault.slow(Duration.ofMillis(100))));
        server.faults().always("", "/a", Fault.html());

        assertThat(post().json().isMissingNode()).isTrue();
        Client.Reply page = post();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        server.faults().clear();
        assertThat(post().json().path("answer").asText()).isEqualTo("fine");
    }

    @Test
    void heldRequestsAreParkedBeforeOrAfterProcessing() {
        Hold before = server.faults().hold("POST", "/a", Hold.Point.BEFORE_PROCESSING);
        CompletableFuture<Integer> first = postAsync();
        before.awaitArrival(SOON);
        assertThat(processed).hasValue(0);

        Hold after = server.faults().hold("POST", "/a", Hold.Point.AFTER_PROCESSING);
        CompletableFuture<Integer> second = postAsync();
        after.awaitArrival(SOON);
        assertThat(processed).hasValue(1);
        assertThat(server.log().maxConcurrent()).isEqualTo(2);

        before.release();
        assertThat(first.join()).isEqualTo(200);
        after.drop();
        assertThat(second.join()).isEqualTo(-1);
    }

    @Test
    void theLogKeepsWhatWasSentAndAnswered() throws IOException {
        client.upload("/a?x=1%2B1", "file", "EID,Name\r\n1,\"a,b\"\r\n", "field", "ü");

        LoggedRequest logged = server.log().awaitOver("POST", "/a", 1, SOON).get(0);
        assertThat(logged.csvRows()).last().asString().isEqualTo("[1, a,b]");
        assertThat(logged.request().query("x")).contains("1+1");
        assertThat(logged.request().form("field")).contains("ü");
        assertThat(logged.request().header("x-api-key")).contains("key");
        assertThat(logged.status()).hasValue(200);
        assertThat(server.log().writes()).hasSize(1);
    }

    private Client.Reply post() throws IOException {
        return client.send("POST", "/a", "application/json", "{}");
    }

    private CompletableFuture<Integer> postAsync() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return post().status();
            } catch (IOException e) {
                return -1;
            }
        });
    }
}
