package io.celonamdm.operations.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.celonamdm.clock.OwnedClock;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.Incidents;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.LoggedRequest;
import io.celonamdm.simulator.web.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that keeps tickets opens one per incident and closes it, whatever happens to it, to the ledger's process and to the need. */
@Slow
class IncidentsTest {
    private static final String SECRET = "a secret of the test";
    private static final Path EXAMPLES = Path.of("docs", "examples");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatorServer tickets = SimulatorServer.start(0, request -> Answer.json(201, Map.of()));
    private final String ledger = TestDatabase.migrated();
    private final OwnedClock clock = NoticeRig.clock();
    private NoticeRig rig = process();

    private NoticeRig process(String... more) {
        String channel = "notifications.itsm.";
        String[] settings = {
            channel + "to",
            tickets.url() + "/hook",
            channel + "occasions",
            "INCIDENT",
            channel + "signing-secret",
            SECRET,
            channel + "headers.Authorization",
            "Bearer of-the-test",
            "page.address",
            "https://esim.example.com/"
        };
        String[] all = Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        return new NoticeRig(ledger, clock, all);
    }

    @AfterEach
    void stop() {
        rig.close();
        tickets.close();
    }

    private List<JsonNode> taken() {
        return tickets.log().of("POST", "/hook").stream()
                .filter(each -> each.status().orElse(0) == 201)
                .map(each -> each.request().json())
                .toList();
    }

    /** What was taken, in short. */
    private List<String> events() {
        return taken().stream()
                .map(each ->
                        each.path("event").asText() + " " + each.path("code").asText())
                .toList();
    }

    private List<String> keys() {
        return taken().stream()
                .map(each -> each.path("incident").asText())
                .distinct()
                .toList();
    }

    @Test
    void oneTicketIsOpenedAndClosedOnceItsNeedIsMended() {
        long phone = rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
        rig.pass(MINUTE);
        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open DG_NOT_FOUND");

        rig.redrive(phone);
        rig.pass(MINUTE);
        assertThat(events()).as("it is retried, and may fail again").hasSize(1);
        rig.move(phone, "WAITING", "CONFIRM");
        rig.pass(MINUTE);

        assertThat(events()).containsExactly("open DG_NOT_FOUND", "resolve DG_NOT_FOUND");
        assertThat(keys()).hasSize(1);
        assertThat(taken()).extracting(each -> each.path("sequence").asInt()).containsExactly(1, 2);
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void aRedriveThatFailsAgainStaysOneTicketAndALaterFailureIsAnother() {
        long phone = rig.device(1, "DEAD", "PUSH", "COMMAND_FAILED");
        rig.pass(MINUTE);
        rig.redrive(phone);
        rig.pass(MINUTE);
        rig.jdbc().sql("update dead_letter set open_device = device_id").update();
        rig.move(phone, "DEAD", "PUSH");
        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open COMMAND_FAILED");

        rig.redrive(phone);
        rig.move(phone, "DONE", "DONE");
        rig.pass(MINUTE);
        rig.device(2, "DEAD", "PUSH", "COMMAND_FAILED");
        rig.pass(MINUTE);

        assertThat(events()).containsExactly("open COMMAND_FAILED", "resolve COMMAND_FAILED", "open COMMAND_FAILED");
        assertThat(keys()).hasSize(2);
    }

    @Test
    void whatBecomesMoreIsToldOnceAnHour() {
        rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(MINUTE);
        rig.device(2, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(MINUTE);
        rig.device(3, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(HOUR);
        rig.pass(HOUR);

        assertThat(taken())
                .extracting(each ->
                        each.path("event").asText() + " " + each.path("devices").asInt())
                .containsExactly("open 1", "update 3");
        assertThat(taken().get(1).path("title").asText())
                .isEqualTo("warehouse: 3 devices in doubt, a person must decide");
    }

    @Test
    void aRestartOpensNothingTwiceAndClosesWhatEndedInBetween() {
        long phone = rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(MINUTE);
        rig.close();
        rig = process();
        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open IN_DOUBT");

        rig.close();
        rig = process();
        rig.move(phone, "DONE", "DONE");
        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open IN_DOUBT", "resolve IN_DOUBT");
    }

    @Test
    void twoReplicasTellEachEventOnce() {
        try (NoticeRig other = process()) {
            long phone = rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
            rig.pass(MINUTE);
            other.pass(MINUTE);
            rig.move(phone, "DONE", "DONE");
            other.pass(MINUTE);
            rig.pass(MINUTE);
        }

        assertThat(events()).containsExactly("open IN_DOUBT", "resolve IN_DOUBT");
    }

    /** Both have found it before either has recorded it. */
    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void twoReplicasAtOnceEndAnIncidentOnce() {
        rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(MINUTE);
        var incidents = rig.bean(Incidents.class);
        var incident = incidents.all().get(0);

        assertThat(incidents.begin(new SyncName(NoticeRig.SYNC), incident.kind(), incident.code(), ""))
                .isEmpty();
        assertThat(incidents.end(incident)).isTrue();
        assertThat(incidents.end(incident)).isFalse();
        assertThat(incidents.goesOn(incident, "")).isFalse();
    }

    @Test
    void theEndIsNotToldBeforeTheOpening() {
        tickets.faults().times(2, "POST", "/hook", Fault.status(503));
        long phone = rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.look();
        rig.move(phone, "DONE", "DONE");
        rig.pass(MINUTE);
        rig.pass(Duration.ofMinutes(10));

        assertThat(events()).containsExactly("open IN_DOUBT", "resolve IN_DOUBT");
        assertThat(tickets.log().of("POST", "/hook")).hasSize(4);
    }

    @Test
    void eachEventFitsTheSchemaAndNamesDevicesAndTheList() throws IOException {
        rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
        rig.device(2, "HELD", "ASSIGN", "NO_GROUP");
        rig.device(3, "WAITING", "ASSIGN", "POOL_EXHAUSTED");
        long phone = rig.device(4, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.jdbc()
                .sql("update sync set quarantine_code = 'FORBIDDEN', quarantine_reason = 'a test',"
                        + " quarantined_at = current_timestamp, quarantine_until = current_timestamp")
                .update();
        rig.pass(MINUTE);
        rig.move(phone, "DONE", "DONE");
        rig.pass(MINUTE);
        rig.bean(IncidentEvents.class).test("itsm");
        rig.pass(MINUTE);

        Schema schema;
        try (InputStream published = Files.newInputStream(EXAMPLES.resolve("incident-event.schema.json"))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(published);
        }
        assertThat(taken())
                .hasSize(8)
                .allSatisfy(event -> assertThat(schema.validate(event.toString(), InputFormat.JSON))
                        .as(event.toString())
                        .isEmpty());
        assertThat(taken())
                .extracting(each -> each.path("link").asText())
                .contains(
                        "https://esim.example.com/syncs/warehouse/dead-letters?code=DG_NOT_FOUND",
                        "https://esim.example.com/syncs/warehouse/devices?place=HELD&code=NO_GROUP",
                        "https://esim.example.com/syncs/warehouse/devices?place=WAITING&code=POOL_EXHAUSTED",
                        "https://esim.example.com/syncs/warehouse/in-doubt");
        assertThat(taken().toString()).contains("89049032…0001").doesNotContain(NoticeRig.eid(1));
        isTheExample("incident-open.json", "open DG_NOT_FOUND");
        isTheExample("incident-resolve.json", "resolve IN_DOUBT");
    }

    /** {@code mvn test -Pdocs} writes it. */
    private void isTheExample(String file, String which) throws IOException {
        JsonNode event = taken().get(events().indexOf(which));
        String text =
                event.toPrettyString().replace(event.path("incident").asText(), "3e0f1c52-6b0e-4a53-9a0e-5f3c8f0f7d11")
                        + "\n";
        Path example = EXAMPLES.resolve(file);
        if (Boolean.getBoolean("generated-docs.write")) {
            Files.writeString(example, text);
        }
        assertThat(text).as("write it by mvn test -Pdocs").isEqualTo(Files.readString(example));
    }

    @Test
    void eidsAreWholeIfASettingSaysSo() {
        rig.close();
        rig = process("notifications.itsm.full-eids", "true");
        rig.device(1, "DEAD", "ACTIVATE", "DG_NOT_FOUND");
        rig.pass(MINUTE);

        assertThat(taken().get(0).path("eids").get(0).asText()).isEqualTo(NoticeRig.eid(1));
        assertThat(rig.jdbc()
                        .sql("select count(*) from notice where event is not null")
                        .query(Long.class)
                        .single())
                .as("what was told is not kept")
                .isZero();
    }

    @Test
    void eachDeliveryIsSignedWithItsTime() throws GeneralSecurityException {
        tickets.faults().once("POST", "/hook", Fault.status(503));
        rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.pass(MINUTE);
        rig.pass(MINUTE);

        List<LoggedRequest> sent = tickets.log().of("POST", "/hook");
        assertThat(sent).hasSize(2);
        assertThat(sent)
                .extracting(each -> header(each, "X-Connector-Event"))
                .doesNotContain("")
                .hasSize(2);
        assertThat(header(sent.get(0), "X-Connector-Event")).isEqualTo(header(sent.get(1), "X-Connector-Event"));
        assertThat(header(sent.get(0), "X-Connector-Timestamp"))
                .isNotEqualTo(header(sent.get(1), "X-Connector-Timestamp"));
        assertThat(header(sent.get(0), "Authorization")).isEqualTo("Bearer of-the-test");
        for (LoggedRequest each : sent) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = (header(each, "X-Connector-Timestamp") + "."
                            + each.request().body())
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(header(each, "X-Connector-Signature"))
                    .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(signed)));
        }
    }

    private static String header(LoggedRequest sent, String name) {
        return sent.request().header(name).orElse("");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (SimulatorServer other = SimulatorServer.start(0, request -> Answer.json(200, Map.of()))) {
            tickets.faults()
                    .always("POST", "/hook", Fault.answer(status, "", Map.of("Location", other.url() + "/stolen")));
            rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
            rig.pass(MINUTE);

            assertThat(other.log().all()).isEmpty();
        }
        assertThat(rig.waiting()).singleElement().asString().contains("redirects are not followed");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
    void aRejectionIsSaidAndNotRepeatedForEver(int status) {
        tickets.faults().always("POST", "/hook", Fault.status(status));
        long phone = rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.look();
        assertThat(rig.waiting()).singleElement().asString().contains("status " + status, "; check");
        for (int hour = 0; hour < 12; hour++) {
            rig.pass(HOUR);
        }
        assertThat(tickets.log().of("POST", "/hook")).hasSize(5);
        assertThat(rig.waiting()).isEmpty();

        // a person has mended it and starts the connector again
        tickets.faults().clear();
        rig.close();
        rig = process();
        rig.pass(MINUTE);
        rig.move(phone, "DONE", "DONE");
        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open IN_DOUBT", "resolve IN_DOUBT");
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void theEndOfWhatWasNeverTakenIsNotTold() {
        tickets.faults().times(5, "POST", "/hook", Fault.status(400));
        long phone = rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        for (int hour = 0; hour < 6; hour++) {
            rig.pass(HOUR);
        }
        rig.move(phone, "DONE", "DONE");
        rig.pass(HOUR);

        assertThat(events()).isEmpty();
        assertThat(rig.waiting()).isEmpty();
    }

    @Test
    void aWebPageTakesNoEvent() {
        tickets.faults().once("POST", "/hook", Fault.answer(200, "<html>Sign in</html>", Map.of()));
        rig.device(1, "IN_DOUBT", "ASSIGN", "UNREACHABLE");
        rig.look();
        assertThat(rig.waiting()).singleElement().asString().contains("web page", "connector.notifications.itsm.to");

        rig.pass(MINUTE);
        assertThat(events()).containsExactly("open IN_DOUBT");
    }

    @Test
    void anIncidentOfASyncThatNoReplicaHasEnds() {
        rig.jdbc()
                .sql("insert into incident (id, sync, kind, code, opened_at, told_at, events, facts) values "
                        + "('a', 'gone', 'IN_DOUBT', 'IN_DOUBT', current_timestamp, current_timestamp, 1, '')")
                .update();
        rig.jdbc()
                .sql("insert into sync (name, schedule, time_zone, configured_at) values ('gone', '', 'UTC', :now)")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        rig.pass(MINUTE);
        var incidents = rig.bean(Incidents.class);
        assertThat(incidents.all()).hasSize(1);

        rig.pass(Duration.ofMinutes(5));
        assertThat(incidents.all()).isEmpty();
    }

    @Test
    void anIncidentThatLastsForMonthsIsNotToldAgain() {
        rig.device(1, "HELD", "ASSIGN", "NO_GROUP");
        for (int day = 0; day < 70; day++) {
            rig.pass(Duration.ofDays(1));
        }

        assertThat(events()).containsExactly("open NO_GROUP");
    }
}
