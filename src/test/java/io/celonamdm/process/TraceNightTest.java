package io.celonamdm.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.login.Login;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with both MDMs, every logger at TRACE, and vendors that send what must never reach the log. */
@Slow
class TraceNightTest {
    private static final String HOOK = "T0FJ2AAAA/B0FJ2BBBB/the-hook-of-the-night-watch";
    private static final String SIGNATURE = "n1Zp%2Bk9%2FQ%3D%3D";
    private static final String DATABASE_PASSWORD = "a-password-of-the-keystore";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** What a terminal obeys, a forged line, a mention, a link, and characters that show nothing. */
    private static final String NASTY =
            "\\u001b[2J\\r\\n00:00:00.000 ERROR forged\\u202e\\u200b <!channel> <https://evil.example|x> \\u0085";

    private final PhoneFleet fleet = PhoneFleet.of(3, 7);
    private final Simulation simulation = Simulation.start(fleet);
    private final IntuneSimulator intune =
            IntuneSimulator.start(0, fleet, simulation.celona().smdp());

    @Test
    void noSecretAndNothingThatATerminalObeysIsWritten(@TempDir Path folder) throws IOException {
        // the word "secret" alone is in the names of many properties
        intune.settings().client(intune.settings().clientId(), "an-app's+own/secret~of=Entra");
        String log;
        List<String> told;
        List<String> answers = new ArrayList<>();
        try (Receiver hook = Receiver.start()) {
            Installation installation = installation(folder, hook);
            try (ConnectorProcess connector = installation.start()) {
                // one answer of a token endpoint that is no JSON, and one refusal with everything in it
                simulation.jamf().faults().once("POST", "/oauth/token", Fault.changedBody(body -> "\uFEFF" + body));
                run(connector, "warehouse");
                simulation
                        .celona()
                        .faults()
                        .once(
                                "POST",
                                "assign-eid",
                                Fault.answer(
                                        400, "{\"success\":false,\"code\":400,\"error\":\"" + NASTY + "\"}", Map.of()));
                run(connector, "warehouse");
                run(connector, "tablets");
                for (String path : List.of("/runs", "/syncs", "/deadletters/warehouse", "/indoubt/warehouse")) {
                    answers.add(connector.ask(path).body());
                }
                connector.await("a notice", PATIENCE, hook::bodies, bodies -> !bodies.isEmpty());
                connector.post("/ledger", "{\"action\":\"backup\",\"reason\":\"a test\"}");
                assertOwnersAlone(folder.resolve("data"), connector);
                connector.stop();
            }
            told = hook.bodies().stream()
                    .map(body -> new String(body, StandardCharsets.UTF_8))
                    .toList();
            log = Files.readString(installation.log());
        } finally {
            intune.close();
            simulation.close();
        }

        assertThat(log).as("at TRACE").contains(" TRACE ").contains(" DEBUG ");
        assertThat(secrets()).hasSizeGreaterThan(12).allSatisfy(secret -> {
            assertThat(log.lines().filter(line -> line.contains(secret)).limit(3))
                    .isEmpty();
            assertThat(told).noneMatch(text -> text.contains(secret));
            assertThat(answers).noneMatch(text -> text.contains(secret));
        });
        assertThat(log.lines().filter(line -> line.startsWith("00:00:00.000 ERROR forged")))
                .isEmpty();
        assertThat(log.codePoints())
                .noneMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c))
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(told).noneMatch(text -> text.contains("<!channel>") || text.contains("https://evil"));
    }

    private static void run(ConnectorProcess connector, String sync) {
        assertThat(connector.run(sync)).isEqualTo(202);
        connector.awaitClosed(sync, PATIENCE);
    }

    private static void assertOwnersAlone(Path data, ConnectorProcess connector) throws IOException {
        connector.await("files of their owner alone", Duration.ofSeconds(20), () -> shared(data), List::isEmpty);
        assertThat(data.resolve("backup")).isDirectory();
    }

    private static List<String> shared(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<String> shared = new ArrayList<>();
            for (Path file : files.toList()) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!permissions.endsWith("------")) {
                    shared.add(permissions + " " + file);
                }
            }
            return shared;
        }
    }

    private Installation installation(Path folder, Receiver hook) {
        Installation installation = new Installation(folder, "trace")
                .sync("warehouse", simulation)
                .sync("tablets", simulation)
                .set("tablets", "mdm.platform", "intune")
                .set("tablets", "mdm.tenant-id", intune.settings().tenantId())
                .set("tablets", "mdm.client-id", intune.settings().clientId())
                .set("tablets", "mdm.client-secret", intune.settings().clientSecret())
                .set("tablets", "mdm.login-url", intune.url())
                .set("tablets", "mdm.graph-url", intune.url())
                .set("tablets", "mdm.intune.export-poll", "50ms")
                .set("logging.level.root", "TRACE")
                .set("logging.level.io.celonamdm", "TRACE")
                // the names and numbers of JMX, a quarter of a gigabyte of them; the product has no JMX
                .set("camel.main.jmx-enabled", "false")
                .set("logging.level.javax.management", "INFO")
                .set("logging.level.sun.rmi", "INFO")
                .set("logging.level.org.apache.hc.client5.http.wire", "TRACE")
                .set("logging.level.org.apache.hc.client5.http.headers", "TRACE")
                .set("logging.pattern.console", "%d{HH:mm:ss.SSS} %-5p %c %m%n%ex")
                .set("some.keystore.password", DATABASE_PASSWORD)
                .set("connector.notifications.night-watch.to", hook.url() + "/services/" + HOOK)
                .set("connector.notifications.night-watch.template", "slack.json");
        installation.remove("tablets", "mdm.base-url");
        return installation;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(
                Simulation.API_KEY,
                Simulation.CLIENT_SECRET,
                URLEncoder.encode(Simulation.CLIENT_SECRET, StandardCharsets.UTF_8),
                intune.settings().clientSecret(),
                SIGNATURE,
                URLDecoder.decode(SIGNATURE, StandardCharsets.UTF_8),
                HOOK,
                "the-hook-of-the-night-watch",
                DATABASE_PASSWORD));
        for (Login login : Login.values()) {
            secrets.add(login.password());
            secrets.add(login.header().substring("Basic ".length()));
        }
        Stream.concat(
                        simulation.jamf().log().of("POST", "/oauth/token").stream(),
                        intune.log().of("POST", "/token").stream())
                .map(answer -> Json.read(answer.answerBody().replace("\uFEFF", ""))
                        .path("access_token")
                        .asText())
                .filter(token -> !token.isEmpty())
                .forEach(secrets::add);
        return secrets;
    }
}
