package io.celonamdm.http;

import static org.awaitility.Awaitility.await;

import io.celonamdm.http.RawHost.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that nobody needs any longer takes no core from the tests that follow. */
class RawHostTest {
    static List<Script> scripts() {
        return List.of(client -> client.hang(), client -> client.forEver("2", 50));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void itLeavesAClientThatHasGone(Script script) throws IOException {
        try (RawHost host = RawHost.talkative(script)) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
                await().until(() -> host.requests() == 1);
                client.shutdownOutput();
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> host.open() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void itEndsWithAClientThatStays(Script script) throws IOException {
        RawHost host = RawHost.talkative(script);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            await().until(() -> host.requests() == 1 && client.isConnected());
            host.close();
            await().atMost(Duration.ofSeconds(10)).until(() -> host.open() == 0);
        }
    }
}
