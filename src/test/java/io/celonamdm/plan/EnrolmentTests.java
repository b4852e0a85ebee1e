package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.MdmDevice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrolmentTests {
    private static final Instant MARCH = Instant.parse("2026-03-02T08:00:00Z");
    private static final Enrolment PUSHED_TO = new Enrolment(MARCH, "management-1", "17");

    @Test
    void theSameOne() {
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("17", "management-1", MARCH.plusNanos(999))))
                .isEmpty();
    }

    @Test
    void whatIsNotKnownSaysNothing() {
        assertThat(new Enrolment(null, null, null).signsOfReEnrolment(shown("18", "management-2", MARCH)))
                .isEmpty();
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("17", null, null))).isEmpty();
    }

    @Test
    void anEarlierDateIsNoNewEnrolment() {
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("17", "management-1", MARCH.minusSeconds(1))))
                .isEmpty();
    }

    @Test
    void eachSignIsEnough() {
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("17", "management-1", MARCH.plusSeconds(1))))
                .singleElement()
                .asString()
                .contains("enrolled at");
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("17", "management-2", MARCH)))
                .singleElement()
                .asString()
                .contains("management-2");
        assertThat(PUSHED_TO.signsOfReEnrolment(shown("18", "management-1", MARCH)))
                .singleElement()
                .asString()
                .contains("18");
    }

    private static MdmDevice shown(String id, @Nullable String managementId, @Nullable Instant enrolledAt) {
        return MdmDevice.builder(id)
                .managementId(managementId)
                .enrolledAt(enrolledAt)
                .build();
    }
}
