package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.login.SignedInRestTemplate;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.SimulatorServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Notifications: each event is sent once by each channel that wants it, and later if sending failed. */
@Import(SignedInRestTemplate.class)
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsTest extends NightTest {
    private static final String SECRET_PATH = "T0SECRET";
    private static final PhoneFleet FLEET = PhoneFleet.of(4, 72);
    private static LocalDate expires = LocalDate.EPOCH;
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final SimulatorServer CHAT = SimulatorServer.start(0, request -> Answer.json(200, Map.of()));
    private static final GreenMail POST = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @Autowired
    Scheduler scheduler;

    @Autowired
    TestRestTemplate rest;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        POST.start();
        settings(registry, SIMULATION);
        channel(registry, "slack", CHAT.url() + "/slack/" + SECRET_PATH, "slack.json");
        channel(registry, "teams", CHAT.url() + "/teams/" + SECRET_PATH, "teams.json");
        channel(registry, "hook", CHAT.url() + "/hook/" + SECRET_PATH, "webhook.json");
        channel(
                registry,
                "mail",
                "smtp://127.0.0.1:%d?from=connector@example.com&to=night-watch@example.com"
                        .formatted(POST.getSmtp().getPort()),
                "mail.txt");
        registry.add("connector.notifications.teams.occasions", () -> "quarantine,recovery");
        registry.add("connector.notifications.hook.occasions", () -> "digest");
        registry.add("connector.notifications.hook.digest", () -> "0 * * * * ?");
        Stream.of("slack", "mail")
                .forEach(name -> registry.add(
                        "connector.notifications." + name + ".occasions", () -> "run,quarantine,failure,recovery"));
        registry.add("connector.notifications.slack.occasions", () -> "run,quarantine,failure,recovery,expiry");
        expires = LocalDate.ofInstant(Instant.now().plus(Duration.ofDays(5)), ZoneOffset.UTC);
        registry.add("connector.syncs." + SYNC + ".celona.api-key-expires", () -> expires);
    }

    private static void channel(DynamicPropertyRegistry registry, String name, String to, String template) {
        registry.add("connector.notifications." + name + ".to", () -> to);
        registry.add("connector.notifications." + name + ".template", () -> template);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
        CHAT.close();
        POST.stop();
    }

    private void look() throws SchedulerException {
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals("notify"))) {
            scheduler.triggerJob(job);
        }
    }

    /** What a channel was sent, as the titles of its notices. */
    private static List<String> titles(String path, String pointer) {
        return CHAT.log().of("POST", "/" + path + "/").stream()
                .filter(logged -> logged.status().orElse(0) == 200)
                .map(logged -> logged.request().json().at(pointer).asText())
                .toList();
    }

    private static List<String> slack() {
        return titles("slack", "/text").stream()
                .map(text -> text.lines().findFirst().orElseThrow().replace("*", ""))
                .toList();
    }

    private static List<String> teams() {
        return titles("teams", "/attachments/0/content/body/0/text");
    }

    private static List<String> subjects() {
        return Stream.of(POST.getReceivedMessages())
                .map(NotificationsTest::subject)
                .toList();
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitSlack(String title) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            look();
            assertThat(slack()).contains(title);
        });
    }

    @Test
    @Order(1)
    void aRunThatChangedSomethingIsTold() {
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);

        awaitSlack("warehouse: run 1 ended, SUCCESS");
        await().atMost(PATIENCE).until(() -> subjects().size() == 1);
        assertThat(subjects()).containsExactly("Celona MDM connector: warehouse: run 1 ended, SUCCESS");
        assertThat(GreenMailUtil.getBody(POST.getReceivedMessages()[0]))
                .contains("this run: 4 assigned, 4 pushed, 4 activated, 4 done", "dead letters: none");
        assertThat(teams()).isEmpty();
    }

    @Test
    @Order(2)
    void aRunThatChangedNothingIsNot() throws SchedulerException {
        assertThat(night().outcome()).isEqualTo(Run.Outcome.SUCCESS);

        aNewKindOfFailureIsTold();

        assertThat(slack()).noneMatch(title -> title.contains("run 2"));
    }

    private void aNewKindOfFailureIsTold() throws SchedulerException {
        List<Long> ids =
                jdbc.sql("select id from device order by id").query(Long.class).list();
        atActivate(ids);
        deadLetters.add(List.of(ids.get(0)), ReasonCode.DG_NOT_FOUND, "a test", null);
        awaitSlack("warehouse: a new kind of failure, DG_NOT_FOUND");
        deadLetters.add(List.of(ids.get(1)), ReasonCode.DG_NOT_FOUND, "a test", null);
        deadLetters.add(List.of(ids.get(2)), ReasonCode.WRONG_POOL, "a test", null);
        awaitSlack("warehouse: a new kind of failure, WRONG_POOL");
        assertThat(slack()).doesNotHaveDuplicates();
    }

    @Test
    @Order(3)
    void aQuarantineIsToldOnceAndSoIsItsEnd() {
        states.quarantine(
                NAME,
                null,
                ReasonCode.FORBIDDEN,
                "no \"privilege\"",
                Instant.now().plus(Duration.ofHours(1)));
        awaitSlack("warehouse is quarantined: FORBIDDEN");
        states.quarantine(
                NAME,
                null,
                ReasonCode.FORBIDDEN,
                "a probe failed",
                Instant.now().plus(Duration.ofHours(2)));
        states.release(NAME);
        awaitSlack("warehouse works again: FORBIDDEN is over");

        assertThat(slack()).doesNotHaveDuplicates();
        await().atMost(PATIENCE).until(() -> teams().size() == 2);
        assertThat(teams())
                .containsExactly("warehouse is quarantined: FORBIDDEN", "warehouse works again: FORBIDDEN is over");
    }

    @Test
    @Order(3)
    void aKeyThatExpiresSoonIsToldOnce() throws SchedulerException {
        String title = "warehouse: celona-api-key expires on %s, in ".formatted(expires);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            look();
            assertThat(slack()).anyMatch(told -> told.startsWith(title));
        });
        look();

        assertThat(slack()).filteredOn(told -> told.startsWith(title)).hasSize(1);
    }

    @Test
    @Order(4)
    void theDigestTellsHowAllSyncsStand() throws SchedulerException {
        look();

        await().atMost(PATIENCE).until(() -> !titles("hook", "/title").isEmpty());
        JsonNode digest = CHAT.log().of("POST", "/hook/").get(0).request().json();
        assertThat(digest.path("occasion").asText()).isEqualTo("DIGEST");
        assertThat(digest.path("lines").get(0).path("label").asText()).isEqualTo(SYNC);
        assertThat(digest.path("lines").get(0).path("value").asText()).contains("celona-api-key expires on " + expires);
    }

    @Test
    @Order(5)
    void whatCouldNotBeToldIsToldLaterAndTheAddressStaysSecret(CapturedOutput output) {
        CHAT.faults().times(1, "POST", "/slack/", Fault.status(500));
        String endpoint = "http://127.0.0.1:" + port + "/actuator/notifications";
        assertThat(rest.postForEntity(endpoint + "/slack", Map.of("action", "test"), String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(202);

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            look();
            assertThat(Objects.requireNonNull(rest.getForObject(endpoint, String.class)))
                    .contains("status 500 from 127.0.0.1")
                    .doesNotContain(SECRET_PATH);
        });
        jdbc.sql("update notice set due_at = current_timestamp where due_at is not null")
                .update();
        awaitSlack("A test: this channel works");

        assertThat(output.getAll()).contains("channel slack could not tell").doesNotContain(SECRET_PATH);
    }

    @Test
    @Order(6)
    void anUnknownChannelOrActionIsRefused() {
        String endpoint = "http://127.0.0.1:" + port + "/actuator/notifications";

        assertThat(rest.postForEntity(endpoint + "/pager", Map.of("action", "test"), String.class)
                        .getBody())
                .contains("no channel is named", "slack");
        assertThat(rest.postForEntity(endpoint + "/slack", Map.of("action", "shout"), String.class)
                        .getBody())
                .contains("the action is test, not shout");
    }

    @Test
    @Order(7)
    void noNoticeTellsOfADevice() {
        String all = CHAT.log().all().stream()
                .map(logged -> logged.request().toString())
                .reduce("", String::concat);

        assertThat(FLEET.phones()).hasSize(4).noneMatch(phone -> all.contains(phone.eid()));
    }
}
