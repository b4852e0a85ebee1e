package io.celonamdm.work.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.Fault;
import io.celonamdm.work.StepRig;
import io.celonamdm.work.Work;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each failure of the private-network profile has a code, stops no step of the device, and is tried again. */
class FollowUpFailuresTests {
    private static final StepRig RIG = new StepRig();

    private final Sync sync = RIG.sync("mdm.push", "command,profile");
    private final Work step = RIG.work(sync, Work.Kind.PUSH, 1);
    private final Work profile = taken();

    private Work taken() {
        FollowUps followUps = RIG.bean(FollowUps.class);
        List<Device> devices = RIG.in(() -> {
            followUps.add(sync.name(), step.ids(), FollowUps.Kind.PROFILE);
            return followUps.take(sync.name(), FollowUps.Kind.PROFILE, 10);
        });
        return new Work(sync, Work.Kind.PROFILE, devices, null);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_SENT, UNREACHABLE",
        "THROTTLED, THROTTLED",
        "BAD_CREDENTIALS, BAD_CREDENTIALS",
        "FORBIDDEN, FORBIDDEN",
        "HUNG_UP, UNREACHABLE",
        "SERVER_ERROR, VENDOR_ERROR",
        "WEB_PAGE, UNREADABLE_ANSWER",
        "REFUSED, PROFILE_REFUSED",
        "NOT_FOUND, PROFILE_REFUSED",
        "BUG, OTHER"
    })
    void eachFailureHasACode(Fault fault, ReasonCode code) {
        RIG.fail(profile, null, fault.at(Work.Kind.PROFILE));

        assertThat(waiting()).startsWith(code + ": ");
        assertThat(RIG.whereAre(step)).containsExactly("IN_FLIGHT PUSH");
        assertThat(RIG.quarantineOf(sync)).isEqualTo("-");
    }

    @Tag(TestDatabase.POSTGRESQL)
    @Test
    void whatThePlatformHasSaidItselfIsKept() {
        RIG.fail(
                profile,
                null,
                new KnownFailure(new Failure(Failure.Kind.REFUSED, ReasonCode.NOT_OURS, "made by hand", null)));

        assertThat(waiting()).isEqualTo("NOT_OURS: made by hand");
    }

    private String waiting() {
        return RIG.bean(JdbcClient.class)
                .sql("select reason from follow_up where device_id = :id and not taken and due_at > :now")
                .param("id", profile.ids().get(0))
                .param("now", RIG.now().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .single();
    }
}
