package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ours is sixteen hours ahead of Microsoft's. */
class MicrosoftsClockTests {
    private static final Instant OURS = Instant.parse("2027-03-02T12:00:00Z");
    private static final String THEIRS = "Mon, 1 Mar 2027 20:00:00 GMT";

    @Test
    void anActionIsKnownByTheTimeThatMicrosoftListsItWith() {
        assertThat(EsimActions.reference(THEIRS, OURS)).isEqualTo("activateDeviceEsim 2027-03-01T20:00:00Z");
        assertThat(EsimActions.reference(null, OURS)).isEqualTo("activateDeviceEsim 2027-03-02T12:00:00Z");
    }

    @Test
    void aReportExpiresByMicrosoftsClock() {
        ExportJob job = new ExportJob(OURS.plusSeconds(60), 10);

        new IntuneExport(Clock.fixed(OURS, ZoneOffset.UTC))
                .progress(
                        Map.of(
                                "id", "DevicesWithInventory_1",
                                "status", "completed",
                                "url", "https://storage.test/1.zip",
                                "expirationDateTime", "2027-03-02T02:00:00Z"),
                        job,
                        THEIRS);

        assertThat(job.isRunning()).isFalse();
    }
}
