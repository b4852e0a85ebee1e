package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.control.SyncAction;
import io.celonamdm.control.SyncControl;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.ledger.report.SyncSnapshots;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.login.Login;
import io.celonamdm.operations.SyncView;
import io.celonamdm.operations.SyncViews;
import io.celonamdm.operations.command.ExitCode;
import io.celonamdm.operations.needs.Need;
import io.celonamdm.operations.notices.Notifications;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.CelonaFaults;
import io.celonamdm.simulator.celona.ProvisionedWhen;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One night of each bad kind: every observer sees the same, as in the table of docs/bad-nights.md. */
@AutoConfigureMetrics
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadNightsTest extends NightTest {
    private static final int PHONES = 6;
    private static final String ASSIGN = "/assign-eid";
    private static final String HEADER = "EID;Device name\r\n";
    private static final PhoneFleet FLEET = PhoneFleet.of(PHONES * BadNight.values().length, 117);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();
    private static final Map<BadNight, Run> NIGHTS = new HashMap<>();
    private static final Map<BadNight, Optional<Instant>> GOOD_BEFORE = new HashMap<>();

    @TempDir
    static Path folders = Path.of("");

    @Autowired
    SyncSnapshots snapshots;

    @Autowired
    SyncViews views;

    @Autowired
    SyncControl control;

    @Autowired
    Notifications notifications;

    @Autowired
    TestRestTemplate rest;

    @LocalManagementPort
    int managementPort;

    @LocalServerPort
    int pagePort;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        SIMULATION.celona().settings().provisionedWhen(ProvisionedWhen.ASSIGNED);
        SIMULATION.celona().faults().always("POST", ASSIGN, BadNightsTest::assign);
        registry.add("connector.http.response-timeout", () -> "3s");
        registry.add("connector.notifications.chat.to", () -> "log:notices");
        registry.add("connector.notifications.chat.template", () -> "mail.txt");
        registry.add("connector.notifications.broken.to", () -> "http://127.0.0.1:9/");
        registry.add("connector.notifications.broken.syncs", BadNight.ALL_WENT_ON::sync);
        for (BadNight night : BadNight.values()) {
            celonaSettings(registry, SIMULATION, night.sync());
            set(registry, night, "mdm.platform", "csv");
            registry.add("connector.syncs." + night.sync() + ".mdm.folder", () -> madeFolder(night));
            set(
                    registry,
                    night,
                    "mdm.csv.mode",
                    night == BadNight.REJECTED || night == BadNight.FILE_LEFT_OUT ? "additions" : "full");
            set(registry, night, "in-doubt", "ask");
            set(registry, night, "mdm.csv.settle", "0s");
            set(registry, night, "mdm.csv.qr", "false");
            set(registry, night, "done-when", "activated");
            set(registry, night, "celona.provision.patience", "0s");
            set(registry, night, "guards.max-fall-percent", "50");
        }
        set(registry, BadNight.GUARDED, "guards.max-new", "5");
        set(registry, BadNight.OUT_OF_SCOPE, "scope.include[0].name", "WH-*");
        set(registry, BadNight.NO_GROUP, "device-groups[0].when.name", "WH-*");
        set(registry, BadNight.NO_GROUP, "device-groups[0].group", "Scanners");
        set(registry, BadNight.PAUSED, "paused", "true");
        set(registry, BadNight.PLANS_ONLY, "plan-only", "true");
        for (BadNight night : List.of(BadNight.THROTTLED, BadNight.NO_FOLDER, BadNight.REFUSED)) {
            set(registry, night, "run-window", "1m");
        }
    }

    private static String madeFolder(BadNight night) {
        try {
            return Files.createDirectories(folder(night)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(DynamicPropertyRegistry registry, BadNight night, String key, String value) {
        registry.add("connector.syncs." + night.sync() + "." + key, () -> value);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    /** Each sync has its bad night once; what other tests of the class look at is how it was told. */
    @BeforeEach
    void haveTheNights() throws IOException {
        if (NIGHTS.isEmpty()) {
            for (BadNight night : BadNight.values()) {
                NIGHTS.put(night, have(night));
            }
            notifications.due();
        }
    }

    private Run have(BadNight night) throws IOException {
        List<Phone> phones = phones(night);
        switch (night) {
            case ALL_WENT_ON -> files(night, phones);
            case FILE_LEFT_OUT -> {
                files(night, phones.subList(0, 3));
                Files.writeString(folder(night).resolve("broken.csv"), "Name\r\nno EID at all\r\n");
            }
            case EMPTY -> {
                goodNight(night, phones);
                files(night, List.of());
            }
            case UNREADABLE -> {
                goodNight(night, phones);
                Files.writeString(folder(night).resolve("phones.csv"), HEADER + "8.9E+31;one\r\n;two\r\n12;three\r\n");
            }
            case REJECTED -> {
                goodNight(night, phones);
                Files.writeString(folder(night).resolve("phones.csv"), "Name\r\nno EID at all\r\n");
            }
            case FELL -> {
                goodNight(night, phones);
                files(night, phones.subList(0, 2));
            }
            case DOUBT -> {
                files(night, phones);
                assigning(phones, Fault.hangUpAfterProcessing());
            }
            case OLD_DOUBT -> {
                files(night, phones);
                assigning(phones, Fault.hangUpAfterProcessing());
                run(night);
            }
            case NO_ESIM -> {
                goodNight(night, phones.subList(0, 3));
                files(night, phones);
                assigning(phones.subList(3, PHONES), CelonaFaults.refused(400, "No available eSIMs"));
            }
            case NO_ESIM_BY_ROW -> {
                files(night, phones);
                phones.forEach(phone -> SIMULATION.celona().mishaps().refuse(phone.eid(), "FAILED: no available eSIM"));
            }
            case ALL_DEAD -> {
                files(night, phones.subList(0, 1));
                assigning(phones, CelonaFaults.refused(422, "EID is blocked"));
            }
            case THROTTLED -> {
                files(night, phones);
                assigning(phones, Fault.tooManyRequests(Duration.ofMinutes(10)));
            }
            case CANCELLED -> {
                assertThat(runs.open(new SyncName(night.sync()), Run.Cause.ON_DEMAND, false, Duration.ofHours(2)))
                        .isTrue();
                Run run = runs.open(new SyncName(night.sync())).orElseThrow();
                control.cancel(run.id(), "a test");
                return runs.find(run.id()).orElseThrow();
            }
            case NO_FOLDER -> {
                goodNight(night, phones.subList(0, 2));
                try (var files = Files.walk(folder(night))) {
                    files.sorted((one, other) -> other.compareTo(one))
                            .forEach(each -> each.toFile().delete());
                }
            }
            case REFUSED -> {
                files(night, phones);
                assigning(phones, Fault.status(401));
            }
            case OLD_LETTERS -> {
                files(night, phones.subList(0, 1));
                assigning(phones.subList(0, 1), CelonaFaults.refused(422, "EID is blocked"));
                run(night);
                files(night, phones.subList(0, 3));
            }
            default -> files(night, phones);
        }
        GOOD_BEFORE.put(night, snapshots.of(new SyncName(night.sync())).lastGoodRun());
        return run(night);
    }

    private void goodNight(BadNight night, List<Phone> phones) throws IOException {
        files(night, phones);
        assertThat(run(night).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        await("its file is put away")
                .atMost(PATIENCE)
                .until(() -> !Files.exists(folder(night).resolve("phones.csv")));
    }

    private Run run(BadNight night) {
        assertThat(trigger.run(syncs.get(night.sync()), false)).isTrue();
        return awaitEnd(runs.open(new SyncName(night.sync()))
                .or(() -> runs.latest(new SyncName(night.sync())))
                .orElseThrow()
                .id());
    }

    /** What becomes of an assign-eid in which one of the phones stands. */
    private static void assigning(List<Phone> phones, Fault fault) {
        phones.forEach(phone -> FAULTS.put(phone.eid(), fault));
    }

    private static Answer assign(Request request, Endpoint endpoint) {
        String rows =
                request.files().stream().map(file -> file.text().orElse("")).collect(Collectors.joining());
        return FAULTS.entrySet().stream()
                .filter(each -> rows.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse((fine, answering) -> answering.answer(fine))
                .apply(request, endpoint);
    }

    private static Run ended(BadNight night) {
        return Objects.requireNonNull(NIGHTS.get(night));
    }

    private static Path folder(BadNight night) {
        return folders.resolve(night.sync());
    }

    private static List<Phone> phones(BadNight night) {
        int from = List.of(BadNight.values()).indexOf(night) * PHONES;
        return FLEET.phones().subList(from, from + PHONES);
    }

    private static void files(BadNight night, List<Phone> phones) throws IOException {
        String rows = phones.stream()
                .map(phone -> phone.eid() + ";Phone " + phone.eid().substring(26) + "\r\n")
                .collect(Collectors.joining());
        Files.writeString(folder(night).resolve("phones.csv"), HEADER + rows);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void theRunEndsAsWhatItWas(BadNight night) {
        Run run = ended(night);

        assertThat(run.outcome()).as("%s", run).isEqualTo(night.outcome());
        if (run.outcome() != Run.Outcome.SUCCESS && run.outcome() != Run.Outcome.PLANNED) {
            assertThat(run.code()).isNotBlank();
            assertThat(run.reason()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void onlyAGoodNightMovesTheLastGoodOneOn(BadNight night) {
        Optional<Instant> lastGood = snapshots.of(new SyncName(night.sync())).lastGoodRun();

        if (night.outcome().isGood()) {
            assertThat(lastGood).contains(Objects.requireNonNull(ended(night).closedAt()));
        } else {
            assertThat(lastGood).isEqualTo(GOOD_BEFORE.getOrDefault(night, Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void itIsToldOnceWithWhatItMeansAndWhatToDo(BadNight night) {
        Run run = ended(night);
        List<Map<String, Object>> notices = jdbc.sql(
                        "select * from notice where channel = 'chat' and sync = :sync and occasion = 'RUN' and subject = :run")
                .param("sync", night.sync())
                .param("run", String.valueOf(run.id()))
                .query()
                .listOfRows();

        if (run.outcome() == Run.Outcome.PLANNED) {
            assertThat(notices).isEmpty();
        } else {
            assertThat(notices).singleElement().satisfies(notice -> {
                assertThat(String.valueOf(notice.get("title")))
                        .contains("run %d ended, %s".formatted(run.id(), night.outcome()));
                if (night.outcome().isBad()) {
                    assertThat(String.valueOf(notice.get("lines"))).contains("meaning", "what to do", "before");
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void theSyncShowsWhatWaitsForAPerson(BadNight night) {
        SyncView view = views.of(syncs.get(night.sync()));

        assertThat(view.needs()).extracting(Need::code).containsExactlyElementsOf(night.needs());
        assertThat(view.needs()).allSatisfy(need -> {
            assertThat(need.meaning()).as(need.code()).isNotBlank();
            assertThat(need.todo()).as(need.code()).isNotBlank();
        });
        assertThat(ExitCode.of(
                                night.outcome(),
                                !view.needs().isEmpty(),
                                !view.waiting().isEmpty())
                        .number())
                .isEqualTo(night.exitCode());
    }

    @ParameterizedTest
    @EnumSource
    @Order(5)
    void metricsAndHealthAgree(BadNight night) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(scrape().samples())
                        .filteredOn(
                                sample -> night.sync().equals(sample.labels().get("sync")))
                        .filteredOn(sample -> sample.name().equals("connector_bad_night"))
                        .extracting(sample -> sample.labels().get("code"))
                        .containsExactly(night.metric()));

        assertThat(scrape().samples())
                .filteredOn(sample -> night.sync().equals(sample.labels().get("sync")))
                .filteredOn(sample -> sample.name().equals("connector_needs"))
                .extracting(sample -> sample.labels().get("code"))
                .containsExactlyInAnyOrderElementsOf(night.needs());
        JsonNode job =
                get("/actuator/health/jobs", JsonNode.class).path("details").path(night.sync());
        assertThat(job.path("status").asText()).isEqualTo(night.degrades() ? "DEGRADED" : "UP");
        String needs = job.path("needs").toString();
        assertThat(night.needs()).allSatisfy(code -> assertThat(needs).contains(code));
    }

    @Test
    @Order(6)
    void theOverviewShowsAllOfIt() {
        String page = page("/");

        assertThat(page).contains("What waits for a person").doesNotContain("Nothing waits for a person");
        for (BadNight night : BadNight.values()) {
            night.needs().forEach(code -> assertThat(page).contains("<code>" + code + "</code>"));
        }
    }

    @Test
    @Order(6)
    void thePageSaysThatNothingWaitsOnlyIfThatIsTrue() {
        for (BadNight night : BadNight.values()) {
            String page = page("/syncs/" + night.sync());
            assertThat(page.contains("Nothing waits for a person"))
                    .as(night.sync())
                    .isEqualTo(night.needs().isEmpty());
        }
    }

    @Test
    @Order(7)
    void aChannelThatDoesNotWorkIsSeen() {
        Notice notice = notifications.due().stream()
                .filter(each -> each.channel().equals("broken"))
                .findFirst()
                .orElse(null);
        if (notice != null) {
            notifications.failed(notice, new IOException("refused"));
        }

        assertThat(get("/actuator/health/notices", JsonNode.class)
                        .path("status")
                        .asText())
                .isEqualTo("DEGRADED");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape().value("connector_notices_late", Map.of("channel", "broken")))
                        .hasValueSatisfying(late -> assertThat(late).isPositive()));
    }

    @Test
    @Order(8)
    void whatAPullMissedThatCannotBeBelievedIsNotGone() throws IOException {
        assertThat(places(BadNight.EMPTY)).containsOnlyKeys("DONE");
        assertThat(jdbc.sql("select count(*) from inventory where sync = :sync and present")
                        .param("sync", BadNight.EMPTY.sync())
                        .query(Integer.class)
                        .single())
                .isEqualTo(PHONES);

        files(BadNight.FELL, phones(BadNight.FELL).subList(0, 2));
        assertThat(run(BadNight.FELL).outcome())
                .as("the second pull is believed about what is gone, and a person has to say that this is how it is")
                .isEqualTo(Run.Outcome.INVENTORY_FELL);
        assertThat(views.of(syncs.get(BadNight.FELL.sync())).drift()).containsEntry("GONE_FROM_MDM", 4L);
    }

    @Test
    @Order(9)
    void anApprovedFallIsTheUsualFromThenOn() throws IOException {
        BadNight night = BadNight.EMPTY;
        var plan = control.approvable(syncs.get(night.sync())).orElseThrow();
        assertThat(plan.gone()).isEqualTo(PHONES);

        control.take(SyncAction.APPROVE, syncs.get(night.sync()), "all of them were sold", plan.run(), plan.devices());

        assertThat(awaitEnd(runs.latest(new SyncName(night.sync()))
                                .orElseThrow()
                                .id())
                        .outcome())
                .isEqualTo(Run.Outcome.SUCCESS);
        assertThat(views.of(syncs.get(night.sync())).needs()).isEmpty();
    }

    @Test
    @Order(10)
    void theEndOfABadStateIsTold() throws IOException, SchedulerException {
        notifications.due();
        assertThat(titles("FAILURE")).contains("no-esim: no eSIM is left, 3 devices wait");

        files(BadNight.UNREADABLE, phones(BadNight.UNREADABLE));
        assertThat(run(BadNight.UNREADABLE).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        FAULTS.clear();
        phones(BadNight.NO_ESIM_BY_ROW)
                .forEach(phone -> SIMULATION.celona().mishaps().mend(phone.eid()));
        jdbc.sql("update device set due_at = current_timestamp where code = 'POOL_EXHAUSTED'")
                .update();
        for (BadNight night : List.of(BadNight.NO_ESIM, BadNight.NO_ESIM_BY_ROW)) {
            triggers.now(new SyncName(night.sync()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(places(night)).containsOnlyKeys("DONE"));
        }
        notifications.due();

        assertThat(titles("RECOVERY"))
                .anyMatch(title -> title.startsWith("unreadable has a good run again"))
                .contains("no-esim works again: POOL_EXHAUSTED is over");
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    void theTableIsInTheDocument() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs", "bad-nights.md")).stream()
                .filter(line -> line.startsWith("| ") && line.matches(".*\\| \\d+ \\|"))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(BadNight.values()).stream().map(BadNight::row).toList());
    }

    private List<String> titles(String occasion) {
        return jdbc.sql("select title from notice where channel = 'chat' and occasion = :occasion")
                .param("occasion", occasion)
                .query(String.class)
                .list();
    }

    private Map<String, Long> places(BadNight night) {
        return views.of(syncs.get(night.sync())).devices();
    }

    private Scrape scrape() {
        return new Scrape(get("/actuator/prometheus", String.class));
    }

    private <T> T get(String path, Class<T> type) {
        return Objects.requireNonNull(rest.withBasicAuth(Login.VIEWER.user(), Login.VIEWER.password())
                .getForObject("http://127.0.0.1:" + managementPort + path, type));
    }

    private String page(String path) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.TEXT_HTML));
        headers.setBasicAuth(Login.VIEWER.user(), Login.VIEWER.password());
        return Objects.requireNonNull(new TestRestTemplate()
                .exchange(
                        "http://127.0.0.1:" + pagePort + path, HttpMethod.GET, new HttpEntity<>(headers), String.class)
                .getBody());
    }
}
