package io.celonamdm.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PhoneFleetTest {

    @Test
    void completesTheEidOfGsmasTestSpecification() {
        assertThat(Eids.complete("890490321234512345123456789012")).isEqualTo("89049032123451234512345678901235");
    }

    @Test
    void makesDistinctEidsWithRightCheckDigits() {
        PhoneFleet fleet = PhoneFleet.of(300, 1);

        assertThat(fleet.eids()).hasSize(300).allSatisfy(eid -> {
            assertThat(eid).matches("[0-9]{32}");
            assertThat(new BigInteger(eid).mod(BigInteger.valueOf(97))).isEqualTo(BigInteger.ONE);
        });
    }

    @Test
    void theSameSeedMakesTheSameFleet() {
        assertThat(PhoneFleet.of(10, 7).eids()).isEqualTo(PhoneFleet.of(10, 7).eids());
    }

    @Test
    void namesAreNastyEnough() {
        assertThat(PhoneFleet.of(60, 1).phones()).extracting(Phone::name).containsAll(PhoneNames.NASTY);
    }

    @Test
    void duplicatesKeepTheEidUnderAnOlderEnrolment() {
        PhoneFleet fleet = PhoneFleet.of(2, 1).withDuplicates(1).withWifiIpads(1);

        Phone phone = fleet.phones().get(0);
        Phone older = fleet.phones().get(2);
        assertThat(older.eid()).isEqualTo(phone.eid());
        assertThat(older.lastEnrolled()).isBefore(phone.lastEnrolled());
        assertThat(older.managementId()).isNotEqualTo(phone.managementId());
        assertThat(fleet.phone(phone.eid())).contains(phone);
        assertThat(fleet.eids()).hasSize(2);
    }
}
