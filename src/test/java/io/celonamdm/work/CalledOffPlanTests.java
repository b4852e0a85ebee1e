package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.http.CallScope;
import io.celonamdm.http.CallScope.Purpose;
import io.celonamdm.http.CallScopes;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.inventory.Inventory;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.planning.Planner;
import io.celonamdm.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The plan of a large fleet is all or nothing, and yet can be stopped between two pages of devices. */
@Tag(TestDatabase.POSTGRESQL)
class CalledOffPlanTests {
    private final StepRig rig = new StepRig();
    private final JdbcClient jdbc = rig.bean(JdbcClient.class);
    private final Runs runs = rig.bean(Runs.class);
    private final Sync sync = rig.sync("guards.max-new", "100000");

    @BeforeEach
    void fire() {
        rig.bean(CallScopes.class).enter(sync.name(), Purpose.FIRING);
    }

    @AfterEach
    void end() {
        rig.bean(CallScopes.class).leave();
    }

    private Run open() {
        runs.open(sync.name(), Run.Cause.NIGHTLY, false, Duration.ofHours(2));
        return runs.open(sync.name()).orElseThrow();
    }

    private Pull pulled(Run run, int devices) {
        Inventory inventory = rig.bean(Inventory.class);
        return rig.in(() -> {
            Pull pull = inventory.begin(run);
            inventory.stage(pull, devices(devices), EidCheck.OFF);
            pull.completed(false);
            return pull;
        });
    }

    private static List<MdmDevice> devices(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> MdmDevice.builder(String.valueOf(i))
                        .managementId("management-" + i)
                        .name("Phone " + i)
                        .serialNumber("SN" + i)
                        .os("iOS")
                        .eid("8904903212345123451234%010d".formatted(i))
                        .build())
                .toList();
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }

    @Test
    void aPlanIsNotMadeForARunThatAPersonEndsMeanwhile() {
        Run run = open();
        Pull pull = pulled(run, 600);
        CallScope scope = Objects.requireNonNull(CallScopes.current());

        assertThatThrownBy(() -> rig.run(() -> {
                    runs.close(run.id(), Run.Outcome.CANCELLED, null, null, Map.of());
                    pull.betweenPages(() -> rig.bean(Interruptions.class).checkPlan(sync, run.id()));
                    rig.bean(Planner.class).plan(sync, pull);
                }))
                .isInstanceOf(KnownFailure.class)
                .hasMessageContaining("was ended while it was planned");

        assertThat(Objects.requireNonNull(scope.calledOff()).reason()).contains("was ended");
        assertThat(count("device")).isZero();
        assertThat(count("inventory")).isZero();
        assertThat(count("run where plan_at is not null")).isZero();
    }

    @Test
    void aPlanReportsThatItGoesOn() {
        int[] pages = {0};
        Pull pull = pulled(open(), 1100);
        pull.betweenPages(() -> pages[0]++);

        rig.run(() -> rig.bean(Planner.class).plan(sync, pull));

        assertThat(pages[0]).isEqualTo(2);
        assertThat(count("device where place = 'WAITING'")).isEqualTo(1100);
    }
}
