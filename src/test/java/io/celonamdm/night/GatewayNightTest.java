package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Eids;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Gateways, proxies and login pages answer instead of a vendor for a while: no device is in doubt or dead. */
@TestPropertySource(
        properties = {
            "connector.syncs.warehouse.mdm.push=command",
            "connector.syncs.warehouse.mdm.await=acknowledged",
            "connector.syncs.warehouse.retry.attempts=3"
        })
class GatewayNightTest extends NightTest {
    private static final PhoneFleet FLEET = PhoneFleet.of(1, 37).downloadDelay(Duration.ofMillis(20));
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Random RANDOM = new Random(41);

    static final List<Fault> PAGES = List.of(
            page(400, "<html><head><title>400 Bad Request</title></head><body><center>nginx</center></body></html>"),
            page(404, "<html><head><title>404 Not Found</title></head></html>"),
            page(410, ""),
            page(302, "<html><body>Object moved to <a href=\"https://login.example.com\">here</a></body></html>"),
            page(503, "<html><head><title>503 Service Temporarily Unavailable</title></head></html>"),
            page(200, "<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>"));

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.celona().stock(200).settings().assignDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private static Fault page(int status, String body) {
        return (request, endpoint) -> new Answer(
                status, "text/html;charset=UTF-8", body, status == 302 ? Map.of("Location", "/login") : Map.of());
    }

    @BeforeEach
    void haveAQuietNightBefore() {
        SIMULATION.celona().faults().clear();
        SIMULATION.jamf().faults().clear();
        states.release(NAME);
        night();
    }

    private static Phone newPhone() {
        String serial = "SN" + RANDOM.nextInt(1_000_000_000);
        Phone phone = FLEET.add(new Phone(Eids.next(RANDOM), serial, "Phone " + serial));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    private void doneInSpiteOf(Faults faults, int times, String method, String path, Fault fault) {
        Phone phone = newPhone();
        faults.times(times, method, path, fault);

        night();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(jdbc.sql("select count(*) from dead_letter where eid = :eid")
                        .param("eid", phone.eid())
                        .query(Integer.class)
                        .single())
                .as("dead letters, also ones that were redriven")
                .isZero();
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(1);
        assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void aQuestionForTheStatusIsAskedUntilCelonaAnswers(Fault fault) {
        doneInSpiteOf(SIMULATION.celona().faults(), 5, "GET", "/eid-status", fault);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void aQuestionForACommandIsAskedUntilJamfAnswers(Fault fault) {
        Phone phone = newPhone();
        SIMULATION.jamf().faults().once("GET", "/mdm/commands", (request, endpoint) -> endpoint.answer(request));
        SIMULATION.jamf().faults().times(5, "GET", "/mdm/commands", fault);

        night();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(whereIs(phone)).isEqualTo("DONE DONE"));
        assertThat(SIMULATION.jamf().commands(phone)).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void aCommandIsLookedForAndSentAgain(Fault fault) {
        doneInSpiteOf(SIMULATION.jamf().faults(), 1, "POST", "/mdm/commands", fault);
    }

    @Test
    void anActivationIsMadeAgain() {
        doneInSpiteOf(SIMULATION.celona().faults(), 1, "POST", "/activation-from-file", PAGES.get(0));
    }

    @Test
    void aRequestThatCelonaItselfDoesNotKnowIsInDoubt() {
        Phone phone = newPhone();
        SIMULATION.celona().faults().once("GET", "/eid-status", Fault.answer(404, """
                {"code":404,"data":null,"error":"request_id not found","success":false}
                """, Map.of()));

        night();

        assertThat(whereIs(phone)).isEqualTo("IN_DOUBT AWAIT REQUEST_UNKNOWN");
    }

    @Test
    void aRequestThatCelonaCannotTellAboutForTheMomentIsAskedForAgain() {
        doneInSpiteOf(SIMULATION.celona().faults(), 2, "GET", "/eid-status", Fault.answer(200, """
                {"code":500,"data":null,"error":"internal error","success":false}
                """, Map.of()));
    }
}
