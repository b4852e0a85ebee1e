package io.celonamdm.night;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.celonamdm.browser.Chromium;
import io.celonamdm.browser.Visitor;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.DemoMishap;
import io.celonamdm.simulator.DemoScenario;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The page in a real browser, after a night with everything that can go wrong. */
@TestMethodOrder(OrderAnnotation.class)
class PageTest extends NightTest {
    private static final String WHY = "asked for by a test";
    private static final DemoScenario SCENARIO = DemoScenario.start();
    private static final String AT_SYNC = "/syncs/" + SYNC;
    private static @Nullable Chromium chromium;
    private static boolean hadANight;

    private final TestRestTemplate anybody = new TestRestTemplate();

    @Autowired
    Audit audit;

    @LocalServerPort
    int port;

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Simulation simulation = SCENARIO.simulation();
        settings(registry, simulation);
        for (String other : List.of("reno-plant", "lisbon-depot", "oslo-harbour")) {
            settings(registry, simulation, other);
        }
        registry.add("connector.syncs.reno-plant.paused", () -> true);
        registry.add(
                "connector.syncs.reno-plant.celona.api-key-expires",
                () -> LocalDate.now(ZoneOffset.UTC).plusDays(5));
        registry.add("connector.notifications.night-watch.to", () -> "mock:night-watch");
        registry.add("connector.notifications.night-watch.syncs", () -> "oslo-harbour");
        String sync = "connector.syncs." + SYNC;
        registry.add(sync + ".celona.batch-size", () -> 20);
        registry.add(sync + ".guards.max-new", () -> 100);
        registry.add(sync + ".celona.pool", () -> 100);
        registry.add(sync + ".device-groups[0].when.mdm-group", () -> DemoScenario.DRIVERS);
        registry.add(sync + ".device-groups[0].group", () -> DemoScenario.FIELD_CREW);
        registry.add(sync + ".device-groups[1].when.mdm-group", () -> DemoScenario.WAREHOUSE);
        registry.add(sync + ".device-groups[1].group", () -> DemoScenario.SCANNERS);
        registry.add(sync + ".device-groups[2].when.mdm-group", () -> DemoScenario.LOANERS);
        registry.add(sync + ".device-groups[2].group", () -> DemoScenario.LOAN_POOL);
    }

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        SCENARIO.close();
    }

    @BeforeEach
    void aNightHasPassed() {
        if (hadANight) {
            return;
        }
        hadANight = true;
        states.quarantine(
                new SyncName("lisbon-depot"),
                null,
                ReasonCode.FORBIDDEN,
                "status 403 from the MDM",
                Instant.now().plusSeconds(3600));
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo(AT_SYNC);
            assertThat(operator.page().getByText("No run yet.")).isVisible();
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Run now").click();
            assertThat(operator.done()).startsWith("The run is open");
            aRunIsSeenLive(operator);
        }
    }

    private void aRunIsSeenLive(Visitor operator) {
        Locator sentence = operator.page().locator("[aria-live=polite]");
        Locator assigned = operator.page().locator("#funnel progress").nth(1);
        await().atMost(PATIENCE).until(() -> Integer.parseInt(assigned.getAttribute("value")) > 0);
        operator.takePicture("run");
        awaitEnd(runs.latest(NAME).orElseThrow().id());
        assertThat(sentence).containsText("has ended: PARTIAL");
        sentence.getByText("Show its report").click();
        assertThat(operator.page().locator("h1")).containsText("of " + SYNC);
        assertThat(operator.page().locator("#funnel")).containsText("in doubt");
        assertThat(operator.page().locator(".report")).containsText("The device group does not exist.");
        operator.takePicture("report");
    }

    private Visitor visit(Login login) {
        return visit(login, options -> options);
    }

    private Visitor visit(Login login, UnaryOperator<NewContextOptions> special) {
        return Visitor.come(Objects.requireNonNull(chromium), login, "http://127.0.0.1:" + port, special);
    }

    private static Phone phone(DemoMishap mishap) {
        return SCENARIO.phone(mishap);
    }

    private long idOf(Phone phone) {
        return jdbc.sql("select id from device where sync = :sync and eid = :eid")
                .param("sync", SYNC)
                .param("eid", phone.eid())
                .query(Long.class)
                .single();
    }

    private void assertAudited(String action) {
        assertThat(audit.list(NAME, 1).get(0))
                .extracting(Audit.Entry::action, Audit.Entry::actor, Audit.Entry::reason)
                .containsExactly(action, Login.OPERATOR.user(), WHY);
    }

    @Test
    @Order(1)
    void allSyncsAreSeenAtAGlance() {
        try (Visitor viewer = visit(Login.VIEWER)) {
            viewer.goTo("/");
            Locator rows = viewer.page().locator("tbody tr");
            assertThat(rows).hasCount(4);
            assertThat(rows.nth(0)).containsText("lisbon-depot");
            assertThat(rows.nth(0)).containsText("FORBIDDEN");
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("reno-plant")))
                    .containsText("PAUSED");
            viewer.takePicture("overview");

            viewer.page().getByLabel("Name, platform or customer").fill("WARE");
            viewer.button("Filter").click();
            assertThat(rows).hasCount(1);
            rows.nth(0).getByText(SYNC).click();
            assertThat(viewer.page()).hasTitle(SYNC + " – Celona MDM connector");

            viewer.goTo("/?q=nowhere");
            assertThat(viewer.page().getByText("No sync matches.")).isVisible();
        }
    }

    @Test
    @Order(2)
    void aSyncShowsItsNightsAsAChartAndATable() {
        try (Visitor viewer = visit(Login.VIEWER)) {
            viewer.goTo(AT_SYNC);
            Locator night = viewer.page().locator("[data-chart] tbody tr");
            assertThat(night).hasCount(1);
            assertThat(night).containsText("PARTIAL");
            assertThat(Objects.requireNonNull(viewer.page()
                                    .evaluate("() => Chart.getChart('nights-chart').data.datasets.map(d => d.data[0])"))
                            .toString())
                    .isEqualTo("[50, 6]");
            assertThat(viewer.page().locator(".facts").first()).containsText("eSIMs left, 0 wanted");
            viewer.takePicture("sync");
        }
    }

    @Test
    @Order(3)
    void deadLettersAreFilteredDownloadedAndRedriven() throws Exception {
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo(AT_SYNC + "/dead-letters");
            Locator rows = operator.page().locator("tbody tr");
            assertThat(rows).hasCount(6);
            operator.takePicture("dead-letters");
            operator.page().getByLabel("Code").selectOption("DG_NOT_FOUND");
            operator.button("Filter").click();
            assertThat(rows).hasCount(1);
            Download csv = operator.page()
                    .waitForDownload(() -> operator.button("Download CSV").click());
            assertThat(Files.readString(csv.path()))
                    .startsWith("EID,ICCID,Name")
                    .contains("'" + phone(DemoMishap.UNKNOWN_GROUP).eid())
                    .doesNotContain(phone(DemoMishap.REFUSED_EID).eid());

            SCENARIO.simulation()
                    .celona()
                    .settings()
                    .deviceGroups(DemoScenario.FIELD_CREW, DemoScenario.SCANNERS, DemoScenario.LOAN_POOL);
            operator.page().getByLabel("Redrive Demo unknown group").check();
            operator.page().locator("#reason-redrive").fill(WHY);
            operator.button("Redrive the ticked ones").click();

            assertThat(operator.done()).startsWith("Redriven: 1 dead letter.");
            assertAudited("redrive");
        }
        await().atMost(PATIENCE)
                .until(() -> whereIs(phone(DemoMishap.UNKNOWN_GROUP)).equals("DONE DONE"));
    }

    @Test
    @Order(4)
    void deadLettersAreRedrivenByCodeAndNoneWithoutATick() {
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo(AT_SYNC + "/dead-letters?code=" + ReasonCode.HARDWARE_UNSUPPORTED);
            operator.page().locator("#reason-redrive").fill(WHY);
            operator.button("Redrive all 1 of HARDWARE_UNSUPPORTED …").click();
            assertThat(operator.page().locator("h1")).hasText("Redrive 1 dead letter of HARDWARE_UNSUPPORTED?");
            operator.takePicture("confirm");
            operator.button("Redrive 1 dead letter").click();
            assertThat(operator.done()).startsWith("Redriven: 1 dead letter.");
        }
        try (Visitor operator = visit(Login.OPERATOR)) {
            int before = audit.list(NAME, 1_000).size();
            String view = AT_SYNC + "/dead-letters";
            APIResponse noTick = operator.send(view, view, Map.of("which", "ticked", "reason", WHY));
            assertThat(noTick.status()).isEqualTo(400);
            assertThat(noTick.text()).contains("Nothing was done").contains("no device is ticked");
            APIResponse noReason = operator.send(view, view, Map.of("which", "all", "reason", " "));
            assertThat(noReason.status()).isEqualTo(400);
            assertThat(noReason.text()).contains("say for the audit why");
            APIResponse otherNumber = operator.send(view, view, Map.of("which", "all", "reason", WHY, "count", "99"));
            assertThat(otherNumber.status()).isEqualTo(409);
            assertThat(otherNumber.text()).contains("you confirmed 99 devices, and the number is ");
            assertThat(audit.list(NAME, 1_000)).hasSize(before);
        }
    }

    @Test
    @Order(5)
    void aDeviceIsFoundWithoutItsEidInAnAddress() throws Exception {
        Phone phone = phone(DemoMishap.OFFLINE);
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo("/");
            operator.page().getByLabel("Find a device").fill(phone.eid());
            operator.button("Find").click();
            assertThat(operator.page().locator("h1")).containsText(phone.name());
            assertThat(operator.page().url()).endsWith(AT_SYNC + "/devices/" + idOf(phone));
            assertThat(operator.page().locator("main")).containsText(phone.eid());
            assertThat(operator.page().locator("tbody tr").first()).containsText("ASSIGN");
            operator.takePicture("device");
            byte[] png = operator.page()
                    .request()
                    .get(operator.page().url() + "/qr.png")
                    .body();
            assertThat(new QRCodeReader()
                            .decode(new BinaryBitmap(new HybridBinarizer(
                                    new BufferedImageLuminanceSource(ImageIO.read(new ByteArrayInputStream(png))))))
                            .getText())
                    .startsWith("LPA:1$")
                    .isEqualTo(operator.page().locator("figcaption code").textContent());

            letRest(phone, operator);
            operator.page().getByLabel("Hold: keep it").check();
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Do it").click();
            assertThat(operator.page().locator("h1 mark")).hasText("HELD");
            assertAudited("hold");

            operator.page().getByLabel("Find a device").fill("demo");
            operator.button("Find").click();
            assertThat(operator.page().locator("tbody tr").first()).containsText("Demo ");
            operator.takePicture("search");
            operator.page().getByLabel("Find a device").fill("nobody's phone");
            operator.button("Find").click();
            assertThat(operator.page().locator(".empty")).containsText("No device found.");
            operator.goTo(AT_SYNC + "/devices?place=HELD");
            assertThat(operator.page().locator("tbody tr")).hasCount(1);
        }
    }

    /**
     * No call is made for the phone for an hour, and its page, which may have met one, shows so. A firing that read the
     * phone just before still makes its call.
     */
    private void letRest(Phone phone, Visitor operator) {
        await().atMost(PATIENCE).until(() -> {
            jdbc.sql("update device set due_at = :later where eid = :eid and place = 'WAITING'")
                    .param("later", Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC))
                    .param("eid", phone.eid())
                    .update();
            operator.page().reload();
            return operator.page().getByLabel("Hold: keep it").isVisible();
        });
    }

    @Test
    @Order(2)
    void codesOfDevicesThatWereNotSeenArePrinted() throws Exception {
        Phone phone = phone(DemoMishap.OFFLINE);
        try (Visitor viewer = visit(Login.VIEWER, options -> options.setBypassCSP(true))) {
            viewer.goTo(AT_SYNC).page().getByText("QR codes of devices").click();
            assertThat(viewer.page().locator("h1")).hasText("QR codes of " + SYNC);
            Locator cards = viewer.page().locator(".codes > li");
            assertThat(cards).hasCount(Math.toIntExact(withACode()));
            Locator card = cards.filter(new Locator.FilterOptions().setHasText(phone.name()));
            assertThat(card)
                    .containsText("… " + phone.eid().substring(24, 28) + " "
                            + phone.eid().substring(28));
            byte[] png = viewer.page()
                    .request()
                    .get(card.locator("img").getAttribute("src"))
                    .body();
            assertThat(new QRCodeReader()
                            .decode(new BinaryBitmap(new HybridBinarizer(
                                    new BufferedImageLuminanceSource(ImageIO.read(new ByteArrayInputStream(png))))))
                            .getText())
                    .startsWith("LPA:1$")
                    .isEqualTo(card.locator("code").last().textContent());
            assertThat(viewer.actions()).hasCount(0);
            assertThat(viewer.barriers()).isEmpty();
            viewer.takePicture("qr-codes");

            viewer.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(viewer.page().locator("body > header")).isHidden();
            assertThat(viewer.page().locator(".trail")).isHidden();
            assertThat(card.locator("mark")).isHidden();
            assertThat(card.locator("details")).isHidden();
            assertThat(card.locator("img")).isVisible();
            viewer.takePicture("qr-codes-printed");

            viewer.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            card.locator("a").click();
            assertThat(viewer.page().locator("h1")).containsText(phone.name());
        }
    }

    private long withACode() {
        return jdbc.sql(
                        "select count(*) from device where sync = :sync and place in ('WAITING', 'IN_FLIGHT', 'DEAD')"
                                + " and step in ('PUSH', 'ACTIVATE', 'CONFIRM') and verified_at is null and confirmed_at is null")
                .param("sync", SYNC)
                .query(Long.class)
                .single();
    }

    @Test
    @Order(6)
    void aPlanIsApproved() {
        Phone phone =
                PhoneFleet.of(1, 4711).phones().get(0).name("Late arrival").join(DemoScenario.DRIVERS);
        SCENARIO.simulation().fleet().add(phone);
        SCENARIO.simulation().celona().stock(2);
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo(AT_SYNC);
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Plan only").click();
            awaitEnd(runs.latest(NAME).orElseThrow().id());
            operator.goTo(AT_SYNC);
            operator.takePicture("plan");
            assertThat(operator.page().locator("section:has(#plan-title)")).containsText("eSIMs left, 1 wanted.");
            operator.page().locator("#reason-approve").fill(WHY);
            operator.button("Approve these 1 devices").click();
            assertThat(operator.done()).startsWith("The plan is carried out");
            assertAudited("approve");
        }
        assertThat(awaitEnd(runs.latest(NAME).orElseThrow().id()).cause()).isEqualTo(Run.Cause.APPROVED);
        await().atMost(PATIENCE).until(() -> whereIs(phone).equals("DONE DONE"));
    }

    @Test
    @Order(7)
    void whatIsInDoubtIsDecided() {
        Phone phone = PhoneFleet.of(1, 815).phones().get(0).name("Nobody knows").join(DemoScenario.DRIVERS);
        SCENARIO.simulation().fleet().add(phone);
        SCENARIO.simulation().celona().faults().once("POST", "/assign-eid", Fault.hangUpBeforeProcessing());
        night();
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo("/");
            operator.page()
                    .getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(SYNC))
                    .locator("a.bad")
                    .click();
            assertThat(operator.page().locator("article")).containsText("Nobody knows");
            operator.takePicture("in-doubt");
            assertThat(operator.page().getByLabel("EIDs, to copy")).hasValue(phone.eid());
            assertThat(operator.page().getByLabel("Request id at Celona")).isHidden();
            operator.page().getByLabel("Adopt:").check();
            assertThat(operator.page().getByLabel("Request id at Celona")).isVisible();
            operator.page().getByLabel("Release:").check();
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Decide").click();
            assertThat(operator.page().locator("h1")).hasText("Post 1 device to assign-eid again?");
            assertThat(operator.button("Release 1 device")).isVisible();
            operator.page().getByText("Back, without doing it").click();
            operator.page().getByLabel("Give up").check();
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Decide").click();
            assertThat(operator.done()).isEqualTo("Decided for 1 device.");
            assertThat(operator.page().locator(".empty")).containsText("Nothing is in doubt");
        }
        assertThat(whereIs(phone)).isEqualTo("DEAD ASSIGN GIVEN_UP");
    }

    @Test
    @Order(8)
    void everythingWorksWithoutAScript() {
        try (Visitor operator = visit(Login.OPERATOR, options -> options.setJavaScriptEnabled(false))) {
            operator.goTo("/");
            operator.page().getByLabel("Syncs").getByText(SYNC).click();
            assertThat(operator.page().locator("[data-chart] tbody tr").first()).isVisible();
            assertThat(operator.page().locator("#nights-chart")).isHidden();
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Pause").click();
            assertThat(operator.page().locator("h1 mark")).hasText("PAUSED");
            assertThat(operator.page().locator("#needs")).containsText("for less than a minute, since ");
            assertThat(operator.page().locator("#needs")).containsText("(" + WHY + ")");
            assertAudited("pause");
            operator.takePicture("without-script");
            operator.page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Resume").click();
            assertThat(operator.page().locator("h1 mark")).not().hasText("PAUSED");
            assertAudited("resume");
        }
    }

    private static List<String> views(long device, long run) {
        return List.of(
                "/",
                "/runs",
                "/audit",
                "/channels",
                "/credentials",
                "/ledger",
                "/erasure",
                "/syncs/lisbon-depot",
                "/syncs/reno-plant",
                AT_SYNC,
                AT_SYNC + "/runs/" + run,
                AT_SYNC + "/dead-letters",
                AT_SYNC + "/in-doubt",
                AT_SYNC + "/devices",
                AT_SYNC + "/drift",
                AT_SYNC + "/preview",
                AT_SYNC + "/profile",
                AT_SYNC + "/qr-codes",
                AT_SYNC + "/devices/" + device);
    }

    /** At a desk in the light, and on a phone in the dark. */
    @Test
    @Order(10)
    void eachViewFitsAndIsInNobodysWay() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            boolean phone = scheme == ColorScheme.DARK;
            try (Visitor operator = visit(
                    Login.OPERATOR,
                    options -> options.setBypassCSP(true)
                            .setColorScheme(scheme)
                            .setViewportSize(phone ? 390 : 1280, 844))) {
                for (String path : views(idOf(phone(DemoMishap.OFFLINE)), 1)) {
                    operator.goTo(path);
                    assertThat(operator.excess())
                            .as("pixels by which %s is too wide", path)
                            .isEqualTo(0);
                    if (!phone) {
                        assertThat(operator.cut()).as("pixels cut at %s", path).isEqualTo(0);
                    }
                    assertThat(operator.barriers()).as("%s, %s", path, scheme).isEmpty();
                    operator.takePicture((phone ? "phone" : "desk")
                            + path.replaceAll("/devices/.*", "/device").replace('/', '-'));
                }
                operator.goTo("/").page().keyboard().press("Tab");
                assertThat(operator.page().locator(".skip")).isFocused();
            }
        }
    }

    @Test
    @Order(4)
    void aMendedFileIsUploaded() throws Exception {
        Path file = Files.writeString(
                folder.resolve("mended.csv"),
                "EID,Confirmed\n%s,\n8904903,\n"
                        .formatted(phone(DemoMishap.UNKNOWN_ICCID).eid()));
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo(AT_SYNC + "/dead-letters");
            operator.page().locator("#csv-file").setInputFiles(file);
            assertThat(operator.page().locator("#csv")).hasValue(Files.readString(file));
            operator.page().locator("#reason-import").fill(WHY);
            operator.button("Import it").click();
            assertThat(operator.page().locator(".figures")).containsText("dead letters redriven1");
            assertThat(operator.page().locator("main")).containsText("row on line 3");
            assertAudited("redrive");
            Files.writeString(file, "EID\n" + "8".repeat(300_000));
            operator.goTo(AT_SYNC + "/dead-letters").page().locator("#csv-file").setInputFiles(file);
            assertThat(operator.page().locator("#csv:invalid")).isVisible();
        }
    }

    /** From the link of a notice to the mended device, without a mouse, at a desk and on a phone. */
    @Test
    @Order(5)
    void aMorningIsWalkedByTheKeyboardAlone() {
        SCENARIO.simulation().celona().settings().deviceGroups(DemoScenario.FIELD_CREW, DemoScenario.SCANNERS);
        for (int width : List.of(1280, 390)) {
            try (Visitor operator = visit(Login.OPERATOR, options -> options.setViewportSize(width, 844))) {
                operator.goTo(AT_SYNC + "#needs");
                String code = width == 1280 ? "ASSIGN_FAILED" : "GROUP_UNKNOWN";
                operator.tabTo(operator.button("Review and redrive: " + SYNC + ", " + code))
                        .enter();
                assertThat(operator.page().locator("main")).containsText("What to do:");
                operator.tabTo(operator.page().locator("#reason-redrive"));
                operator.page().keyboard().type(WHY);
                operator.tabTo(operator.button("Redrive all 1 of " + code + " …"))
                        .enter();
                operator.tabTo(operator.button("Redrive 1 dead letter")).enter();
                assertThat(operator.done()).startsWith("Redriven: 1 dead letter.");
            }
        }
    }

    @Test
    @Order(9)
    void whatBelongsToTheWholeIsShownAndAskedFor() {
        try (Visitor operator = visit(Login.OPERATOR)) {
            operator.goTo("/channels");
            operator.page().getByText("Send a test").click();
            assertThat(operator.done()).startsWith("The test was handed to the channel");
            await().atMost(PATIENCE)
                    .until(() -> !operator.goTo("/channels")
                            .page()
                            .locator("tbody td")
                            .nth(1)
                            .textContent()
                            .equals("–"));

            operator.goTo("/credentials");
            assertThat(operator.page().locator("tbody tr").first()).containsText("reno-plant");
            assertThat(operator.page().locator("tbody tr").first()).containsText("celona.api-key-expires");

            operator.goTo("/audit");
            assertThat(operator.page().locator("tbody")).containsText(WHY);

            assertThat(operator.send("/ledger", "/ledger/backup", Map.of("reason", WHY))
                            .text())
                    .contains("the ledger is in memory, and there is no file to back up");

            operator.goTo("/erasure")
                    .page()
                    .getByLabel("EID of a device")
                    .fill(phone(DemoMishap.OFFLINE).eid());
            operator.button("Look").click();
            assertThat(operator.page().locator("tbody")).containsText("the MDM still shows the device");
            assertThat(operator.page().locator("#reason-erase")).hasCount(0);

            operator.goTo(AT_SYNC + "/preview")
                    .page()
                    .getByLabel("Rules, as in")
                    .fill("default-group: [");
            operator.button("Preview").click();
            assertThat(operator.page().locator("[role=alert]")).containsText("cannot be used");
            operator.page().getByLabel("Rules, as in").fill("device-name: 'X {serial}'");
            operator.page()
                    .getByLabel("Only devices with this")
                    .fill(phone(DemoMishap.OFFLINE).eid());
            operator.button("Preview").click();
            assertThat(operator.page().locator("tbody tr")).hasCount(1);

            operator.goTo("/syncs/lisbon-depot");
            assertThat(operator.page().locator("#quarantine")).containsText("403: a missing privilege");
            assertThat(operator.page().locator("main")).not().containsText("Next run");
            assertThat(operator.page().locator("#run")).hasCount(0);
            operator.page().locator("#reason-quarantine").fill(WHY);
            operator.button("Check what is missing").click();
            operator.goTo("/syncs/lisbon-depot");
            assertThat(operator.page().locator("#quarantine")).containsText("The preflight of");
        }
    }

    @Test
    @Order(10)
    void aPreflightIsShownWithWhatToDo() {
        try (Visitor operator = visit(Login.OPERATOR, options -> options.setBypassCSP(true))) {
            operator.goTo(AT_SYNC).page().getByLabel("Reason, for the audit").fill(WHY);
            operator.button("Preflight").click();
            assertThat(operator.page().locator("h1")).containsText("Preflight of " + SYNC);
            assertThat(operator.page().locator("tbody"))
                    .containsText("set connector.syncs.warehouse.celona.api-key-expires");
            assertThat(operator.barriers()).isEmpty();
            operator.takePicture("preflight");
        }
        assertAudited("preflight");
    }

    @Test
    @Order(11)
    void viewersSeeNothingToActWith() {
        try (Visitor viewer = visit(Login.VIEWER)) {
            for (String path : views(idOf(phone(DemoMishap.OFFLINE)), 1)) {
                viewer.goTo(path);
                assertThat(viewer.actions()).hasCount(0);
                assertThat(viewer.page().locator("input[name=reason]")).hasCount(0);
            }
        }
    }

    private ResponseEntity<String> send(HttpMethod method, String path, @Nullable Login login, String body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.TEXT_HTML));
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        if (login != null) {
            headers.set(HttpHeaders.AUTHORIZATION, login.header());
        }
        return anybody.exchange(
                "http://127.0.0.1:" + port + path, method, new HttpEntity<>(body, headers), String.class);
    }

    @Test
    @Order(12)
    void onlyOperatorsAct() {
        int before = audit.list(NAME, 1_000).size();

        ResponseEntity<String> nobody = send(HttpMethod.GET, AT_SYNC, null, "");
        assertThat(nobody.getStatusCode().value()).isEqualTo(401);
        assertThat(nobody.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Basic realm=");
        assertThat(nobody.getBody())
                .contains("Sign in to the Celona MDM connector")
                .doesNotContain(SYNC);
        assertThat(send(HttpMethod.GET, "/page/page.css", null, "")
                        .getStatusCode()
                        .value())
                .isEqualTo(401);

        try (Visitor viewer = visit(Login.VIEWER)) {
            APIResponse denied =
                    viewer.send(AT_SYNC, AT_SYNC + "/actions", Map.of("action", "pause", "reason", "mischief"));
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).contains("a-viewer").contains("OPERATOR");
        }

        ResponseEntity<String> otherSite =
                send(HttpMethod.POST, AT_SYNC + "/actions", Login.OPERATOR, "action=pause&reason=mischief");
        assertThat(otherSite.getStatusCode().value()).isEqualTo(403);
        assertThat(otherSite.getBody()).contains("The form was not sent from this page");

        assertThat(audit.list(NAME, 1_000)).hasSize(before);
    }

    @Test
    @Order(13)
    void answersCarryWhatKeepsABrowserSafe() {
        ResponseEntity<String> answer = send(HttpMethod.GET, "/", Login.VIEWER, "");

        assertThat(answer.getHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'self'; ")
                .doesNotContain("unsafe")
                .doesNotContain("data:");
        assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeaders().getFirst("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.getHeaders().getFirst("Cache-Control")).contains("no-store");
        assertThat(answer.getHeaders().getFirst(HttpHeaders.SET_COOKIE))
                .startsWith("XSRF-TOKEN=")
                .contains("HttpOnly")
                .contains("SameSite=Strict");
        assertThat(answer.getBody()).doesNotContain(" style=").doesNotContain("onclick");
        ResponseEntity<String> absent = send(HttpMethod.GET, "/no-such-page", Login.VIEWER, "");
        assertThat(absent.getStatusCode().value()).isEqualTo(404);
        assertThat(absent.getBody()).contains("There is no such page");
        ResponseEntity<String> unfit =
                send(HttpMethod.GET, "/syncs/warehouse/devices/" + "8".repeat(32), Login.VIEWER, "");
        assertThat(unfit.getStatusCode().value()).isEqualTo(400);
        assertThat(unfit.getBody()).contains("This address does not fit the page");
        assertThat(send(HttpMethod.GET, "/syncs/nowhere", Login.VIEWER, "").getBody())
                .contains("no sync is named &quot;nowhere&quot;");
    }
}
