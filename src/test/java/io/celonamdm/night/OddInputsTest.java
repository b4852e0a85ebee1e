package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.ProvisionedWhen;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.SchedulerException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Whole nights with nine healthy devices and an odd one: nine are done, and one is reported. */
@TestPropertySource(properties = "connector.syncs.warehouse.mdm.push=command")
class OddInputsTest extends NightTest {
    private static final String TABLETS = "tablets";
    private static final String FILES = "files";
    private static final String DETAIL = "/mobile-devices/detail";
    private static final PhoneFleet FLEET = PhoneFleet.of(0, 41);
    private static final PhoneFleet TABLET_FLEET = PhoneFleet.of(0, 41);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final IntuneSimulator INTUNE =
            IntuneSimulator.start(0, TABLET_FLEET, SIMULATION.celona().smdp());
    private static int fleets;

    @TempDir
    static Path folder = Path.of("");

    @TempDir
    static Path enrich = Path.of("");

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException {
        settings(registry, SIMULATION);
        settings(registry, SIMULATION, FILES);
        intuneSettings(registry, SIMULATION, INTUNE, TABLETS);
        SIMULATION.celona().stock(2000);
        Map<String, Object> settings = new TreeMap<>();
        settings.put(SYNC + ".mdm.page-size", 5);
        settings.put(SYNC + ".mdm.enrich.file", enrich.resolve("eids.csv"));
        settings.put(FILES + ".mdm.platform", "csv");
        settings.put(FILES + ".mdm.folder", folder);
        settings.put(FILES + ".mdm.csv.settle", "0s");
        settings.put(FILES + ".done-when", "activated");
        registry.add("connector.work-slice", () -> "2s");
        for (String sync : List.of(SYNC, TABLETS, FILES)) {
            settings.put(sync + ".guards.min-inventory", 0);
            settings.put(sync + ".run-window", "1m");
        }
        Files.writeString(enrich.resolve("eids.csv"), "Serial;EID\n");
        settings.forEach((key, value) -> registry.add("connector.syncs." + key, value::toString));
    }

    @AfterAll
    static void stop() {
        INTUNE.close();
        SIMULATION.close();
    }

    @BeforeEach
    void forgetTheFleetBefore() throws IOException {
        SIMULATION.jamf().faults().clear();
        INTUNE.faults().clear();
        INTUNE.settings().eidsInReport(true);
        SIMULATION.celona().settings().provisionedWhen(ProvisionedWhen.DOWNLOADED);
        Files.writeString(enrich.resolve("eids.csv"), "Serial;EID\n");
        states.release(NAME);
        jdbc.sql("update device set place = 'DONE', due_at = null where place in ('WAITING', 'HELD', 'DEAD')")
                .update();
        jdbc.sql("update inventory set present = false").update();
        FLEET.phones().forEach(FLEET::remove);
        TABLET_FLEET.phones().forEach(TABLET_FLEET::remove);
    }

    private static List<Phone> phones(PhoneFleet fleet, int count) {
        // names that are as good as they get: only what a test does to its devices is odd
        List<Phone> good =
                PhoneFleet.of(3 * count, 3_000 + ++fleets).downloadDelay(Duration.ofMillis(20)).phones().stream()
                        .filter(phone -> phone.name().contains("'s iPhone"))
                        .limit(count)
                        .toList();
        good.forEach(fleet::add);
        return good;
    }

    private Run night(String sync) {
        assertThat(trigger.run(syncs.get(sync), false)).isTrue();
        return awaitEnd(runs.open(new SyncName(sync)).orElseThrow().id());
    }

    private List<String> told(Run run) {
        return jdbc.sql("select code || ' ' || mdm_id || ' ' || detail from finding where run_id = :run")
                .param("run", run.id())
                .query(String.class)
                .list();
    }

    private void assertNineAreDone(List<Phone> phones, Phone odd) {
        assertThat(phones)
                .filteredOn(phone -> phone != odd)
                .hasSize(9)
                .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(whereIs(odd)).isEqualTo("nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89049032007008900000000000000000",
                "8.9049E+31",
                "8,9049 E+31",
                "00000000000000000000000000000000",
                "11111111111111111111111111111111",
                "Not Available",
                "N/A",
                "unbekannt",
                "-"
            })
    void numbersThatAreNone(String text) {
        List<Phone> phones = phones(FLEET, 10);
        Phone odd = phones.get(4).reportedEid(text);

        Run run = night(SYNC);

        assertNineAreDone(phones, odd);
        String code = text.contains("E+") || text.startsWith("8") ? "EID_SCIENTIFIC" : "NO_EID";
        assertThat(run.report()).contains("\"" + code + "\":1");
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=\"%s\"", "'%s", "\u00A0%s\u200B", "\uFEFF%s"})
    void numbersThatWereKeptAsText(String form) {
        List<Phone> phones = phones(FLEET, 10);
        phones.get(4).reportedEid(form.formatted(phones.get(4).eid()));

        night(SYNC);

        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
    }

    static Stream<UnaryOperator<String>> brokenRecords() {
        return Stream.of(
                record -> "null",
                record -> "17",
                record -> record.replaceFirst("\"general\":\\{", "\"general\":null,\"other\":{"),
                record -> record.replaceFirst("\"hardware\":\\{", "\"hardware\":\"none\",\"other\":{"),
                record -> record.replaceFirst("\"displayName\":\"[^\"]*\"", "\"displayName\":{\"a\":1}"),
                record -> record.replaceFirst("\"managementId\":\"[^\"]*\"", "\"managementId\":[]"),
                record -> record.replaceFirst(
                        "\"mobileDeviceId\":\"\\d+\"", "\"mobileDeviceId\":\"" + "9".repeat(500) + "\""));
    }

    @ParameterizedTest
    @MethodSource("brokenRecords")
    void aRecordThatCannotBeRead(UnaryOperator<String> change) {
        List<Phone> phones = phones(FLEET, 10);
        Phone odd = phones.get(7);
        SIMULATION.jamf().faults().always("GET", DETAIL, Fault.changedBody(page -> changed(page, odd, change)));

        Run run = night(SYNC);

        assertNineAreDone(phones, odd);
        assertThat(run.report()).contains("\"RECORD_UNREADABLE\":1");
        assertThat(told(run)).singleElement().asString().startsWith("RECORD_UNREADABLE");
    }

    @Test
    void aDeviceThatWasKnownStaysAsItWasForWeeks() {
        List<Phone> phones = phones(FLEET, 10);
        night(SYNC);
        Phone odd = phones.get(7);
        SIMULATION
                .jamf()
                .faults()
                .always(
                        "GET",
                        DETAIL,
                        Fault.changedBody(page -> changed(
                                page,
                                odd,
                                record -> record.replaceFirst("\"general\":\\{", "\"general\":null,\"other\":{"))));

        for (int night = 0; night < 3; night++) {
            Run run = night(SYNC);
            assertThat(run.outcome()).isEqualTo(Run.Outcome.SUCCESS);
            assertThat(run.report()).contains("\"RECORD_UNREADABLE\":1");
        }
        assertThat(phones).allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(drift(phones)).isEmpty();
    }

    /** The page with the phone's record changed. */
    private static String changed(String page, Phone phone, UnaryOperator<String> change) {
        int name = page.indexOf("\"" + phone.serialNumber() + "\"");
        if (name < 0) {
            return page;
        }
        int start = page.lastIndexOf("{\"mobileDeviceId\"", name);
        int next = page.indexOf(",{\"mobileDeviceId\"", name);
        int end = next < 0 ? page.lastIndexOf("]") : next;
        return page.substring(0, start) + change.apply(page.substring(start, end)) + page.substring(end);
    }

    private List<String> drift(List<Phone> phones) {
        return jdbc.sql("select code from drift where eid in (:eids)")
                .param("eids", phones.stream().map(Phone::eid).toList())
                .query(String.class)
                .list();
    }

    @Test
    void aDeviceThatOnePullMissesHasNotGone() {
        List<Phone> phones = phones(FLEET, 10);
        Phone off = phones.get(6);
        off.behaviour().online(false);
        night(SYNC);
        assertThat(whereIs(off)).startsWith("WAITING");

        // the first of the second page moves to the first one while that was read already
        SIMULATION.jamf().faults().once("GET", DETAIL, (request, endpoint) -> {
            Answer page = endpoint.answer(request);
            FLEET.remove(phones.get(0));
            return page;
        });
        assertThat(night(SYNC).outcome()).isEqualTo(Run.Outcome.SUCCESS);

        assertThat(ledger()).doesNotContainKey("HELD PUSH GONE");
        assertThat(drift(phones)).isEmpty();

        night(SYNC);
        assertThat(jdbc.sql("select eid from drift where code = 'GONE_FROM_MDM' and eid in (:eids)")
                        .param("eids", phones.stream().map(Phone::eid).toList())
                        .query(String.class)
                        .list())
                .as("nobody has gone but the one that two pulls have missed")
                .isSubsetOf(phones.get(0).eid());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503})
    void aRecordThatGraphDoesNotShowForWeeks(int status) {
        INTUNE.settings().eidsInReport(false);
        List<Phone> phones = phones(TABLET_FLEET, 10);
        Phone odd = phones.get(3);
        String id = odd.managementId();
        INTUNE.faults().always("POST", "/$batch", Fault.changedBody(body -> refused(body, id, status)));

        Run run = night(TABLETS);

        assertNineAreDone(phones, odd);
        assertThat(told(run))
                .singleElement()
                .asString()
                .startsWith("RECORD_UNREADABLE " + id)
                .contains("status " + status);
    }

    private static String refused(String body, String id, int status) {
        int at = body.indexOf("\"id\":\"" + id + "\",\"status\":200");
        return at < 0
                ? body
                : body.substring(0, at)
                        + body.substring(at)
                                .replaceFirst(
                                        "\"status\":200",
                                        "\"status\":%d,\"headers\":{\"retry-AFTER\":\" 0.1 \"}".formatted(status));
    }

    @Test
    void aReportWithoutASystemThatIsKnown() {
        List<Phone> phones = phones(TABLET_FLEET, 10);
        phones.forEach(phone -> INTUNE.device(phone).os("21"));

        Run run = night(TABLETS);

        assertThat(run.outcome()).isEqualTo(Run.Outcome.FAILED);
        assertThat(run.code()).isEqualTo(ReasonCode.NO_KNOWN_SYSTEM.name());
        assertThat(run.reason()).contains("none of the 10 devices").contains("[21]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s;\"never closed;S\n", "%s;a;b;c;d\n", "8,9049E+31;x;S\n", "N/A;x;S\n", "\"%s;x;S\n"})
    void aRowThatIsNotLikeTheOthers(String row) throws IOException {
        List<Phone> phones = phones(FLEET, 10);
        Phone odd = phones.get(4);
        String rows = phones.stream()
                .map(phone -> phone == odd
                        ? row.formatted(odd.eid())
                        : "%s;%s;%s;;\r".formatted(phone.eid(), phone.name(), phone.serialNumber()))
                .collect(Collectors.joining("\n\n"));
        Files.writeString(folder.resolve("desktop.ini"), "[.ShellClassInfo]");
        Files.writeString(folder.resolve("Thumbs.db"), "x");
        Files.writeString(folder.resolve("~$phones.csv"), "x");
        Files.write(
                folder.resolve("phones.csv"),
                ("sep=;\r\nEID;Name;Serial;;\r\n" + rows + "\r\nEID;Name;Serial;;\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_16LE));

        // nobody imports the order
        SIMULATION.celona().settings().provisionedWhen(ProvisionedWhen.ASSIGNED);
        Run run = night(FILES);

        await().atMost(PATIENCE).untilAsserted(() -> assertNineAreDone(phones, odd));
        assertThat(run.report()).containsPattern("\"(RECORD_UNREADABLE|EID_SCIENTIFIC|NO_EID)\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Default string", "System Serial Number", "To be filled by O.E.M.", "0", "SHARED7"})
    void aKeyThatSeveralHave(String serial) throws IOException {
        List<Phone> phones = phones(FLEET, 10);
        Phone odd = phones.get(2).reportedEid("");
        Phone found = phones.get(3).reportedEid("");
        Phone other = PhoneFleet.of(1, 5_000 + ++fleets).phones().get(0).reportedEid("");
        FLEET.add(other);
        SIMULATION
                .jamf()
                .faults()
                .always(
                        "GET",
                        DETAIL,
                        Fault.changedBody(page -> page.replace("\"" + odd.serialNumber() + "\"", "\"" + serial + "\"")
                                .replace("\"" + other.serialNumber() + "\"", "\"" + serial + "\"")));
        Files.writeString(
                enrich.resolve("eids.csv"),
                "Serial;EID\n%s;%s\n%s;%s\n".formatted(serial, odd.eid(), found.serialNumber(), found.eid()));

        Run run = night(SYNC);

        assertNineAreDone(phones, odd);
        assertThat(whereIs(other)).isEqualTo("nowhere");
        assertThat(told(run))
                .singleElement()
                .asString()
                .startsWith("SHARED_KEY " + serial.toUpperCase(java.util.Locale.ROOT))
                .contains("1 rows")
                .contains("2 devices");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409})
    void aRefusalThatIsTheAccounts(int status) throws SchedulerException {
        List<Phone> phones = phones(FLEET, 10);
        int[] calls = {0};
        SIMULATION
                .jamf()
                .faults()
                .always(
                        "POST",
                        "/mdm/commands",
                        (request, endpoint) -> new Answer(
                                status,
                                "text/html",
                                "<html><p>Conflict</p>Error: APNS certificate, see " + ++calls[0] + "</html>",
                                Map.of()));

        // calls under way may each quarantine it once more
        Run run = night(SYNC);

        assertThat(run.outcome()).isEqualTo(Run.Outcome.QUARANTINED);
        assertThat(quarantine().code()).isEqualTo(ReasonCode.SAME_REFUSAL);
        assertThat(quarantine().reason()).contains("status " + status).contains("APNS certificate");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(phones).noneMatch(phone -> whereIs(phone).startsWith("DEAD")));

        SIMULATION.jamf().faults().clear();
        probeNow();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(phones)
                        .allSatisfy(phone -> assertThat(whereIs(phone)).isEqualTo("DONE DONE")));
        assertThat(states.find(NAME).orElseThrow().quarantine()).isNull();
    }
}
