package io.celonamdm.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that renews the list of advisories, against a stand-in for osv.dev. */
@Slow
class AdvisoriesScriptTest {
    private static final String BILL = """
            {"components": [
              {"group": "org.example", "name": "old", "version": "1.2", "purl": "pkg:maven/org.example/old@1.2?type=jar"},
              {"group": "org.example", "name": "fine", "version": "3", "purl": "pkg:maven/org.example/fine@3?type=jar"}]}
            """;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    @TempDir
    Path folder = Path.of("");

    private HttpServer osv = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Ended(int exitCode, String output) {}

    @BeforeEach
    void start() {
        assumeThat(Stream.of("curl", "jq")
                        .allMatch(program -> Stream.of(System.getenv("PATH").split(":", -1))
                                .anyMatch(path -> Files.isExecutable(Path.of(path, program)))))
                .as("curl and jq are installed")
                .isTrue();
        osv.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                asked.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] answer = answers.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        osv.start();
    }

    @AfterEach
    void stop() {
        osv.stop(0);
    }

    private Ended run() throws IOException, InterruptedException {
        Path bill = Files.writeString(folder.resolve("bill.json"), BILL);
        ProcessBuilder script = new ProcessBuilder("src/release/advisories", bill.toString()).redirectErrorStream(true);
        script.environment().put("OSV", "http://127.0.0.1:" + osv.getAddress().getPort());
        script.environment().put("no_proxy", "127.0.0.1");
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    void whatTheListLacksIsPrinted() throws Exception {
        answers.put("/v1/querybatch", """
                {"results": [{"vulns": [{"id": "GHSA-new"}, {"id": "GHSA-known"}]}, {}]}""");
        answers.put("/v1/vulns/GHSA-new", """
                {"id": "GHSA-new", "aliases": ["CVE-1999-1"], "affected": [
                  {"package": {"name": "org.example:old"}, "ranges": [
                    {"events": [{"introduced": "0"}, {"fixed": "1.3"}]}, {"events": [{"introduced": "2.0"}, {"fixed": "2.1"}]}]},
                  {"package": {"name": "org.example:another"}, "ranges": [{"events": [{"fixed": "9"}]}]}]}""");
        answers.put("/v1/vulns/GHSA-known", """
                {"id": "GHSA-known", "aliases": ["CVE-2026-136410"], "affected": [
                  {"package": {"name": "org.example:old"}, "ranges": [{"events": [{"fixed": "1.3"}]}]}]}""");

        Ended ended = run();

        assertThat(ended.output).isEqualTo("org.example:old 1.2, fixed in 1.3 or 2.1: GHSA-new CVE-1999-1\n");
        assertThat(ended.exitCode).isEqualTo(1);
        assertThat(asked.get("/v1/querybatch"))
                .contains("pkg:maven/org.example/old@1.2", "pkg:maven/org.example/fine@3")
                .doesNotContain("type=jar");
    }

    @Test
    void nothingIsPrintedIfNothingIsKnown() throws Exception {
        answers.put("/v1/querybatch", """
                {"results": [{}, {}]}""");

        assertThat(run()).isEqualTo(new Ended(0, ""));
    }

    @Test
    void aFeedThatDoesNotAnswerIsNoGoodNews() throws Exception {
        assertThat(run().exitCode).isNotZero().isNotEqualTo(1);
    }
}
