package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.planning.PoolForecast;
import io.celonamdm.planning.PreviewReport;
import io.celonamdm.planning.PreviewReport.Row;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.celona.Esim;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Names, groups, scope, SIM lock and assigned eSIMs by rules: previewed, applied, then changed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.device-name={attribute:Site|'HQ'} {user:upper|name}",
            "connector.syncs.warehouse.device-groups[0].when.name=WH-*",
            "connector.syncs.warehouse.device-groups[0].when.attribute.site=/^basel/",
            "connector.syncs.warehouse.device-groups[0].group=Scanners",
            "connector.syncs.warehouse.device-groups[0].sim-lock.status=Enabled",
            "connector.syncs.warehouse.device-groups[0].sim-lock.policy=IMEIMAPPING",
            "connector.syncs.warehouse.device-groups[1].when.user=crew*",
            "connector.syncs.warehouse.device-groups[1].group=Field Crew",
            "connector.syncs.warehouse.sim-lock.status=Enabled",
            "connector.syncs.warehouse.sim-lock.policy=ONATTACH",
            "connector.syncs.warehouse.scope.exclude[0].mdm-group=Loaners",
            "connector.syncs.warehouse.iccid-from=attribute:eSIM wanted",
            "connector.syncs.warehouse.celona.pool.extra=3",
        })
class RulesTest extends NightTest {
    private static final String WANTED = "89105212033100009991";
    private static final String IMEI = "358823340832230";

    /** Where a travel eSIM is on the chip, the inventory shows the IMEI of its slot. */
    private static final String[] OTHERS = {"8901260882296634455", "8933150319080401234"};

    private static final PhoneFleet FLEET = new PhoneFleet(11);
    private static final Phone SCANNER =
            FLEET.add("WH-1").user("ann").otherIccid(OTHERS[0]).otherIccid(OTHERS[1]);
    private static final Phone RIVAL =
            FLEET.add("WH-2").user("bob").otherIccid(OTHERS[0]).otherIccid(OTHERS[1]);
    private static final Phone CREW = FLEET.add("Phone").user("crew");
    private static final Phone NAMESAKE = FLEET.add("Phone").user("crew");
    private static final Phone LISTED = FLEET.add("Phone").user("crew8");
    private static final Phone LOANER = FLEET.add("Phone").user("crew9").join("Loaners");
    private static final Phone GUEST = FLEET.add("Phone").user("guest");
    private static final Phone MISTYPED = FLEET.add("Phone").user("crew10");
    private static final Phone ASLEEP = FLEET.add("Phone").user("crew11");
    private static final Simulation SIMULATION = Simulation.start(FLEET);

    @Autowired
    TestRestTemplate http;

    @LocalManagementPort
    int port;

    @Autowired
    DeviceControl deviceControl;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        registry.add("connector.syncs.warehouse.celona.provision.patience", () -> "6s");
        registry.add("connector.syncs.warehouse.scope.exclude-ids", LISTED::eid);
        SIMULATION.celona().settings().deviceGroups("Scanners", "Field Crew");
        SIMULATION.celona().stock(WANTED);
        for (Phone scanner : List.of(SCANNER, RIVAL)) {
            SIMULATION.jamf().extensionAttribute(scanner, "Site", "Basel, CH");
            SIMULATION.jamf().extensionAttribute(scanner, "eSIM wanted", "8910 5212 0331 0000 9991");
        }
        SIMULATION.jamf().extensionAttribute(MISTYPED, "eSIM wanted", "9991");
        ASLEEP.behaviour().online(false);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private static Phone first() {
        return Stream.of(SCANNER, RIVAL).min(Comparator.comparing(Phone::eid)).orElseThrow();
    }

    private static Phone second() {
        return first().equals(SCANNER) ? RIVAL : SCANNER;
    }

    @Test
    @Order(1)
    void aPreviewShowsWhatTheRulesGiveAndWritesNothing() {
        assertThat(trigger.run(syncs.get(SYNC), true)).isTrue();
        awaitEnd(runs.latest(NAME).orElseThrow().id());
        String before = everything();

        PreviewReport preview = get("?limit=100");

        assertThat(preview.devices()).isEqualTo(9);
        assertThat(preview.guard()).isNull();
        assertThat(preview.pool()).isEqualTo(new PoolForecast(3, 3, 4));
        assertThat(preview.byGroup()).isEqualTo(Map.of("Scanners", 2, "Field Crew", 4));
        assertThat(preview.byOutcome())
                .isEqualTo(
                        Map.of("ADMITTED", 4, "ICCID_IN_USE", 1, "ICCID_INVALID", 1, "NO_GROUP", 1, "OUT_OF_SCOPE", 2));
        assertThat(row(preview, first()))
                .returns("ADMITTED", Row::outcome)
                .returns("Basel CH " + first().user().toUpperCase(Locale.ROOT), Row::name)
                .returns("Scanners", Row::group)
                .returns("device-groups[0]", Row::rule)
                .returns("Enabled IMEIMAPPING " + IMEI, Row::simLock)
                .returns(WANTED, Row::givenIccid);
        assertThat(row(preview, second()).reason()).contains("is held by EID " + first().eid());
        assertThat(row(preview, LOANER).reason()).isEqualTo("scope.exclude[0] matches");
        assertThat(row(preview, CREW).simLock()).isEqualTo("Enabled ONATTACH");
        assertThat(List.of(row(preview, CREW).name(), row(preview, NAMESAKE).name()))
                .contains("HQ CREW")
                .doesNotHaveDuplicates();
        assertThat(get("?limit=1&q=CREW1"))
                .returns(2, PreviewReport::matching)
                .returns(1, found -> found.rows().size());
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void otherRulesAreTriedWithoutChangingAnything() {
        String before = everything();

        PreviewReport tried = body(post("""
                device-name: "{serial:last4}"
                device-groups:
                  - when: { model: "iPhone*" }
                    group: Everyone
                scope:
                  exclude: []
                  exclude-ids: []
                iccid-from: ""
                guards: { max-new: 3 }
                """, PreviewReport.class), 200);

        assertThat(tried.guard()).isEqualTo(ReasonCode.MAX_NEW);
        assertThat(tried.byGroup()).isEqualTo(Map.of("Everyone", 9));
        assertThat(tried.byOutcome()).isEqualTo(Map.of("ADMITTED", 9));
        assertThat(row(tried, LISTED))
                .returns(LISTED.serialNumber().substring(6), Row::name)
                .returns("Everyone", Row::group);
        assertThat(everything()).isEqualTo(before);
        assertThat(get("").byGroup()).isEqualTo(Map.of("Scanners", 2, "Field Crew", 4));
    }

    @Test
    @Order(3)
    void rulesThatCannotBeUsedAreRefusedWithAllProblems() {
        assertThat(problems("device-name: '{nmae}'\ndevice-groups:\n  - when: { name: '/(/', os: '' }\n    group: ''"))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("warehouse.device-name = {nmae}: has no placeholder {nmae}"))
                .anyMatch(problem -> problem.contains("device-groups[0].when.name = /(/: is no regular expression"))
                .anyMatch(problem -> problem.contains("device-groups[0].when.os = \"\": is empty"))
                .anyMatch(problem -> problem.contains("device-groups[0].group = \"\": missing"));
        assertThat(problems("default-group: ${connector.syncs.warehouse.celona.api-key}"))
                .singleElement()
                .asString()
                .contains("must not contain ${");
        assertThat(problems("scope: { exclude-file: /etc/passwd }"))
                .singleElement()
                .asString()
                .contains("write scope.exclude-ids");
        assertThat(problems("celona: { customer-id: x }"))
                .singleElement()
                .asString()
                .contains("is no rule that can be tried");
        assertThat(problems("a: [")).singleElement().asString().contains("no YAML");
        assertThat(http.getForEntity("http://localhost:" + port + "/actuator/preview/nope", String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
    }

    @Test
    @Order(4)
    void theNightDoesWhatTheRulesSay() {
        night();

        assertThat(whereIs(first())).isEqualTo("DONE DONE");
        assertThat(whereIs(second())).isEqualTo("HELD ASSIGN ICCID_IN_USE");
        assertThat(whereIs(MISTYPED)).isEqualTo("HELD ASSIGN ICCID_INVALID");
        assertThat(whereIs(GUEST)).isEqualTo("HELD ASSIGN NO_GROUP");
        assertThat(List.of(whereIs(LISTED), whereIs(LOANER))).containsOnly("nowhere");
        assertThat(whereIs(ASLEEP)).startsWith("WAITING").doesNotContain("ASSIGN");
        Esim wanted = SIMULATION.celona().truth().esim(WANTED).orElseThrow();
        assertThat(wanted.eid()).isEqualTo(first().eid());
        assertThat(wanted.group()).isEqualTo("Scanners");
        assertThat(rows("/assign-eid")).anyMatch(row -> row.contains(first().eid()) && row.contains(WANTED));
        assertThat(rows("/activation-from-file"))
                .anyMatch(row -> row.contains(WANTED) && row.containsAll(List.of("Enabled", "IMEIMAPPING", IMEI)))
                .anyMatch(row -> row.contains("Field Crew") && row.contains("ONATTACH"));
        assertThat(SIMULATION.celona().truth().esims())
                .filteredOn(esim -> esim.eid().equals(CREW.eid()) || esim.eid().equals(NAMESAKE.eid()))
                .extracting(Esim::group)
                .containsOnly("Field Crew")
                .hasSize(2);
        assertThat(List.of(named(CREW), named(NAMESAKE)))
                .contains("HQ CREW")
                .containsAnyOf("HQ CREW " + end(CREW), "HQ CREW " + end(NAMESAKE));
    }

    @Test
    @Order(5)
    void whatLeavesTheScopeIsHeldAndComesBackByItself() {
        ASLEEP.join("Loaners");
        CREW.join("Loaners");
        night();
        assertThat(whereIs(ASLEEP)).startsWith("HELD ").endsWith(" OUT_OF_SCOPE");
        assertThat(whereIs(CREW)).isEqualTo("DONE DONE");

        ASLEEP.leave("Loaners");
        ASLEEP.behaviour().online(true);
        night();
        // it may have waited for the phone, which keeps no run open
        awaitDone(ASLEEP);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
    }

    @Test
    @Order(6)
    void aRetiredDeviceLeavesItsEsimToTheNextOne() {
        String name = named(second());
        deviceControl.take(
                DeviceAction.RETIRE, syncs.get(SYNC), first().eid(), "handed on", DeviceControl.CONFIRMATION);
        SIMULATION.celona().deactivate(WANTED);

        night();

        awaitDone(second());
        assertThat(SIMULATION.celona().truth().esim(WANTED).orElseThrow().eid()).isEqualTo(second().eid());
        assertThat(name).isEmpty();
        assertThat(jdbc.sql("select eid from device where given_iccid = :iccid")
                        .param("iccid", WANTED)
                        .query(String.class)
                        .list())
                .containsExactly(second().eid());
        assertThat(jdbc.sql("select count(*) from journal_device where iccid = :iccid and eid = :eid")
                        .param("iccid", WANTED)
                        .param("eid", second().eid())
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    private static List<List<String>> rows(String path) {
        return SIMULATION.celona().log().of("POST", path).stream()
                .flatMap(call -> call.csvRows().stream())
                .toList();
    }

    private static String end(Phone phone) {
        return phone.eid().substring(28);
    }

    private String named(Phone phone) {
        return jdbc.sql("select coalesce(name, '') from device where eid = :eid")
                .param("eid", phone.eid())
                .query(String.class)
                .single();
    }

    /** All that the ledger says, to see that nothing was written. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String table :
                List.of("device", "inventory", "pulled", "journal", "journal_device", "dead_letter", "run")) {
            all.append(jdbc.sql("select * from " + table).query().listOfRows());
        }
        return all.toString();
    }

    private record Refused(String error, List<String> problems) {}

    private PreviewReport get(String query) {
        return body(http.getForEntity(url(query), PreviewReport.class), 200);
    }

    private <T> ResponseEntity<T> post(String rules, Class<T> type) {
        return http.postForEntity(url(""), Map.of("rules", rules, "limit", 100), type);
    }

    private List<String> problems(String rules) {
        return body(post(rules, Refused.class), 400).problems();
    }

    private String url(String query) {
        return "http://localhost:" + port + "/actuator/preview/warehouse" + query;
    }

    private static <T> T body(ResponseEntity<T> answer, int status) {
        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        return Objects.requireNonNull(answer.getBody());
    }

    private static Row row(PreviewReport preview, Phone phone) {
        return preview.rows().stream()
                .filter(row -> row.eid().equals(phone.eid()))
                .findFirst()
                .orElseThrow();
    }

    private void awaitDone(Phone phone) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
    }
}
