package io.celonamdm.operations.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.http.RawHost;
import io.celonamdm.http.RawHost.Script;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.SimulatorServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each delivery ends, however its receiver behaves, and keeps no other channel from being told. */
@Slow
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryTest {
    private static final Duration SOON = Duration.ofMillis(700);

    static List<Script> hosts() {
        return List.of(
                client -> client.hang(),
                client -> {
                    client.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    client.forEver("1\r\nx\r\n", 20);
                },
                client -> {
                    client.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    client.forEver("2000\r\n" + "x".repeat(0x2000) + "\r\n", 0);
                },
                client -> client.forEver("H", 50),
                client -> {
                    client.say("HTTP/1.1 500 No\r\nContent-Type: text/html\r\n\r\n<html>");
                    client.forEver("<p>", 20);
                });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anEndlessAnswerEndsAndTheOtherChannelIsTold(Script script) throws IOException {
        try (RawHost host = new RawHost(script);
                SimulatorServer other = SimulatorServer.start(0, request -> Answer.json(200, Map.of()));
                NoticeRig rig = new NoticeRig(
                        TestDatabase.migrated(),
                        NoticeRig.clock(),
                        "http.max-answer-size",
                        "100KB",
                        "notifications.bad.to",
                        "http://127.0.0.1:" + host.port() + "/hook?responseTimeout=" + SOON.toMillis(),
                        "notifications.bad.occasions",
                        "FAILURE,INCIDENT",
                        "notifications.good.to",
                        other.url() + "/hook",
                        "notifications.good.occasions",
                        "FAILURE,INCIDENT")) {
            rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
            rig.device(2, "DEAD", "ACTIVATE", "WRONG_POOL");
            rig.look();

            assertThat(other.log().of("POST", "/hook")).hasSize(4);
            assertThat(host.requests())
                    .as("a channel that has failed waits for the next look")
                    .isLessThanOrEqualTo(1);
            assertThat(rig.waiting()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in</html>", "\n <!DOCTYPE html>"})
    void aWebPageInPlaceOfTheReceiverTellsNobody(String page) {
        Queue<String> answers = new ArrayDeque<>(List.of(page));
        try (SimulatorServer host = SimulatorServer.start(
                        0, request -> Answer.xml(200, Objects.requireNonNullElse(answers.poll(), "ok")));
                NoticeRig rig = new NoticeRig(
                        TestDatabase.migrated(),
                        NoticeRig.clock(),
                        "notifications.chat.to",
                        host.url() + "/hook",
                        "notifications.chat.occasions",
                        "FAILURE")) {
            rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
            rig.look();
            assertThat(rig.waiting())
                    .singleElement()
                    .asString()
                    .contains("web page", "connector.notifications.chat.to");

            rig.pass(Duration.ofMinutes(1));
            assertThat(rig.waiting()).isEmpty();
            assertThat(host.log().of("POST", "/hook")).hasSize(2);
        }
    }

    @Test
    void aDeliveryHasItsOwnDeadline() {
        try (NoticeRig rig = new NoticeRig(
                TestDatabase.migrated(),
                NoticeRig.clock(),
                "notifications.chat.to",
                "https://chat.example.com/hook?a=b")) {
            rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
            Notifications notifications = rig.bean(Notifications.class);

            assertThat(notifications.address(notifications.due().get(0)))
                    .isEqualTo("https://chat.example.com/hook?a=b&responseTimeout=30000");
        }
    }

    static Stream<Script> relays() {
        return Stream.of(
                client -> client.hang(),
                // a greeting without end, byte by byte and line by line
                client -> client.forEver("2", 50),
                client -> client.forEver("220-wait\r\n", 50),
                client -> {
                    client.say("220 relay\r\n");
                    client.forEver("250-wait\r\n", 50);
                },
                client -> {
                    client.say("220 relay\r\n250 relay\r\n250 ok\r\n250 ok\r\n354 go on\r\n");
                    client.forEver("2", 50);
                });
    }

    @ParameterizedTest
    @MethodSource("relays")
    void aRelayThatDripsIsLeftAtTheDeadline(Script script) throws Exception {
        try (RawHost relay = RawHost.talkative(script)) {
            MailSender sender = new MailSender(SOON);
            assertThatThrownBy(() -> send(sender, "smtp", relay.port()))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("did not take the mail within");
        }
    }

    /** Before the handshake has begun, and in the middle of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016\u0003\u0003@\u0000"})
    void soIsOneThatShouldSpeakTls(String greeting) throws Exception {
        try (RawHost relay = RawHost.talkative(client -> client.forEver(greeting, 50))) {
            MailSender sender = new MailSender(SOON);
            Properties properties = new Properties();
            properties.put("mail.smtps.ssl.trust", "*");
            sender.setJavaMailProperties(properties);
            assertThatThrownBy(() -> send(sender, "smtps", relay.port()))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("did not take the mail within");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps"})
    void aRelayThatWorksTakesMailAfterMail(String protocol) throws Exception {
        GreenMail post = new GreenMail(patient(protocol.equals("smtp") ? ServerSetup.SMTP : ServerSetup.SMTPS));
        post.start();
        try {
            MailSender sender = new MailSender(Duration.ofSeconds(20));
            Properties properties = new Properties();
            if (protocol.equals("smtps")) {
                properties.put("mail.smtps.ssl.trust", "*");
                properties.put("mail.smtps.ssl.checkserveridentity", "false");
            }
            sender.setJavaMailProperties(properties);
            int port = protocol.equals("smtp")
                    ? post.getSmtp().getPort()
                    : post.getSmtps().getPort();
            send(sender, protocol, port);
            send(sender, protocol, port);
            assertThat(post.getReceivedMessages()).hasSize(2);
        } finally {
            post.stop();
        }
    }

    private static ServerSetup patient(ServerSetup usual) {
        ServerSetup setup = usual.dynamicPort();
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    private static void send(DefaultJavaMailSender sender, String protocol, int port) throws Exception {
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        sender.setProtocol(protocol);
        MimeMessage message = new MimeMessage(sender.getSession());
        message.setFrom(new InternetAddress("connector@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("night-watch@example.com"));
        message.setText("a test");
        sender.send(message);
    }

    @Test
    void theRouteSendsMailByTheSenderWithTheDeadline() throws Exception {
        GreenMail post = new GreenMail(patient(ServerSetup.SMTP));
        post.start();
        try (NoticeRig rig = new NoticeRig(
                TestDatabase.migrated(),
                NoticeRig.clock(),
                "page.address",
                "https://esim.example.com",
                "notifications.mail.to",
                "smtp://127.0.0.1:%d?from=connector@example.com&to=night-watch@example.com"
                        .formatted(post.getSmtp().getPort()),
                "notifications.mail.template",
                "mail.txt")) {
            rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
            rig.look();

            assertThat(rig.waiting()).isEmpty();
            assertThat(post.getReceivedMessages()[0].getContent().toString())
                    .contains("https://esim.example.com/syncs/warehouse/dead-letters?code");
            assertThat(rig.bean(MailSender.class)).isNotSameAs(rig.bean(MailSender.class));
            assertThat(rig.bean(Notifications.class)
                            .address(new Notice(1, "mail", "", "RUN", "", List.of(), Instant.EPOCH, 0, null)))
                    .contains("javaMailSender=#bean:mailSender");
        } finally {
            post.stop();
        }
    }
}
