package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Busy;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The EIDs that a report lacks are asked for in several batches at once. */
@Slow
@Timeout(120)
class IntuneBatchesTests {
    private static final String BATCH = "/beta/$batch";

    private final PhoneFleet fleet = PhoneFleet.of(150, 7);

    @AutoClose
    private final Tenant tenant = lacking(new Tenant(fleet));

    private static Tenant lacking(Tenant tenant) {
        tenant.intune().settings().eidsInReport(false);
        return tenant.set("mdm.page-size", 1000).set("mdm.max-concurrency", 3);
    }

    /** Later batches are answered sooner. */
    private static Busy laterOnesSooner() {
        return new Busy(number -> Duration.ofMillis(Math.max(50, 400 - 50L * number)));
    }

    private void assertThatAllIsShownInOrder() {
        assertThat(tenant.pages()).hasSize(1);
        assertThat(tenant.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(tenant.broken()).isEmpty();
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void asManyAtOnceAsTheSettingsAllowAndThePageStaysInOrder() throws Exception {
        Busy busy = laterOnesSooner();
        tenant.intune().faults().always("POST", BATCH, busy);

        tenant.pull();

        assertThat(busy.most()).isEqualTo(3);
        assertThat(tenant.intune().log().count("POST", BATCH)).isEqualTo(8);
        assertThatAllIsShownInOrder();
    }

    @Test
    void oneAtATimeIfTheSettingsWantIt() throws Exception {
        Busy busy = laterOnesSooner();
        tenant.set("mdm.max-concurrency", 1);
        tenant.intune().faults().always("POST", BATCH, busy);

        tenant.pull();

        assertThat(busy.most()).isEqualTo(1);
        assertThatAllIsShownInOrder();
    }

    @Test
    void aTenantThatThrottlesIsWaitedForByAll() throws Exception {
        tenant.intune().throttleInBatches(3);
        tenant.intune().faults().once("POST", BATCH, Fault.tooManyRequests(Duration.ofSeconds(2)));

        tenant.pull();

        List<Instant> times = tenant.intune().log().of("POST", BATCH).stream()
                .map(call -> call.request().time())
                .sorted()
                .toList();
        // three were under way when the first of them was refused
        assertThat(Duration.between(times.get(0), times.get(3))).isGreaterThan(Duration.ofMillis(1500));
        assertThatAllIsShownInOrder();
    }

    @Test
    void throttlingThatLastsTooLongFailsThePull() {
        tenant.intune().faults().always("POST", BATCH, Fault.tooManyRequests(Duration.ofMinutes(3)));

        assertThatThrownBy(tenant::pull)
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getResponseHeaders()).containsEntry("Retry-After", "180"));

        assertThat(tenant.intune().log().count("POST", BATCH)).isBetween(1, 3);
        assertThat(tenant.completed()).isZero();
        assertThat(tenant.pages()).isEmpty();
    }

    @Test
    void requestsThatFailOrAreLeftOutConcernTheirDevicesAlone() throws Exception {
        String refused = fleet.phones().get(10).managementId();
        String gone = fleet.phones().get(70).managementId();
        String leftOut = fleet.phones().get(130).managementId();
        fleet.remove(fleet.phones().get(149));
        tenant.intune()
                .faults()
                .always(
                        "POST",
                        BATCH,
                        Fault.changedBody(body -> body.replace("\"id\":\"" + leftOut + "\",\"status\"", "\"status\"")
                                .replaceAll("(\"id\":\"" + refused + "\",\"status\":)200", "$1500")
                                .replaceAll("(\"id\":\"" + gone + "\",\"status\":)200", "$1404")));

        tenant.pull();

        assertThat(tenant.broken()).extracting(BrokenRecord::id).containsExactly(refused, gone, leftOut);
        assertThat(tenant.devices()).hasSize(146).allMatch(device -> device.eid() != null);
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void aPermissionThatIsMissingIsToldOnce() {
        tenant.intune()
                .faults()
                .always("POST", BATCH, Fault.changedBody(body -> body.replace("\"status\":200", "\"status\":403")));

        assertThatThrownBy(tenant::pull).isInstanceOfSatisfying(KnownFailure.class, failure -> {
            assertThat(failure.failure().code()).isEqualTo(ReasonCode.FORBIDDEN);
            assertThat(failure).hasMessageContaining("DeviceManagementManagedDevices.Read.All");
        });
    }

    @Test
    void anAnswerWithoutEndFailsThePullAsItIs() {
        tenant.intune().faults().once("POST", BATCH, Fault.flooding());

        assertThatThrownBy(tenant::pull)
                .isInstanceOfSatisfying(
                        KnownFailure.class,
                        failure -> assertThat(failure.failure().code()).isEqualTo(ReasonCode.UNREADABLE_ANSWER));
        assertThat(tenant.pages()).isEmpty();
    }

    @Test
    void aTokenThatExpiresOnTheWay() throws Exception {
        tenant.pull();
        tenant.intune().log().clear();
        tenant.intune().faults().once("POST", BATCH, (request, endpoint) -> {
            tenant.intune().expireTokens();
            return endpoint.answer(request);
        });

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(2);
        assertThat(tenant.devices().subList(150, 300))
                .extracting(MdmDevice::eid)
                .containsExactlyElementsOf(fleet.eids());
    }

    @Test
    void aTokenThatExpiresInTheMiddleOfABatch() throws Exception {
        tenant.intune().faults().once("POST", BATCH, (request, endpoint) -> {
            Answer answer = endpoint.answer(request);
            tenant.intune().expireTokens();
            return answer.withBody(answer.body().replaceAll("(\"id\":\"[^\"]*[0-7]\",\"status\":)200", "$1401"));
        });

        tenant.pull();

        assertThatAllIsShownInOrder();
    }

    @Test
    void requestsThatAreRefusedWithEachTokenAreBrokenAlone() throws Exception {
        String refused = fleet.phones().get(10).managementId();
        tenant.intune()
                .faults()
                .always(
                        "POST",
                        BATCH,
                        Fault.changedBody(
                                body -> body.replaceAll("(\"id\":\"" + refused + "\",\"status\":)200", "$1401")));

        tenant.pull();

        assertThat(tenant.broken()).extracting(BrokenRecord::id).containsExactly(refused);
        assertThat(tenant.intune().log().count("POST", BATCH)).isEqualTo(8 + 1);
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void whatIsAnsweredIsNotAskedForAgainAfterAHiccup() throws Exception {
        tenant.set("mdm.max-concurrency", 1);
        tenant.intune().faults().times(4, "POST", BATCH, (request, endpoint) -> endpoint.answer(request));
        tenant.intune().faults().once("POST", BATCH, Fault.status(503));

        tenant.pull();

        assertThat(tenant.intune().log().count("POST", BATCH)).isEqualTo(8 + 1);
        assertThatAllIsShownInOrder();
    }

    @Test
    void aPullThatIsCalledOffEndsAllItsCalls() throws Exception {
        CompletableFuture<CallScope> scope = new CompletableFuture<>();
        try (Hold hold = tenant.intune().faults().hold("POST", BATCH, Hold.Point.BEFORE_PROCESSING)) {
            tenant.intune().faults().always("POST", BATCH, hold);
            CompletableFuture<Void> pull = CompletableFuture.runAsync(() -> {
                CallScopes scopes = tenant.bean(CallScopes.class);
                scopes.enter(new SyncName("warehouse"), Purpose.PULL);
                scope.complete(Objects.requireNonNull(CallScopes.current()));
                try {
                    tenant.pull();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    scopes.leave();
                }
            });
            tenant.intune().log().await("POST", BATCH, 3, Duration.ofSeconds(60));

            scope.join().callOff(new Failure(Kind.TRANSIENT, ReasonCode.CALLED_OFF, "a person's word", null), false);

            assertThatThrownBy(() -> pull.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("a person's word");
            assertThat(tenant.intune().log().count("POST", BATCH)).isEqualTo(3);
        }
    }

    @Test
    void theListAndALookAskInTheSameWay() throws Exception {
        Busy busy = laterOnesSooner();
        tenant.intune().faults().always("POST", BATCH, busy);
        tenant.set("mdm.intune.inventory", "list");

        tenant.pull();
        List<MdmDevice> seen = tenant.look(Instant.EPOCH);

        assertThat(tenant.devices()).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(seen).extracting(MdmDevice::eid).containsExactlyElementsOf(fleet.eids());
        assertThat(busy.most()).isEqualTo(3);
    }
}
