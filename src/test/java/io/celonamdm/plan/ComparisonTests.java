package io.celonamdm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.plan.Comparison.Rules;
import io.celonamdm.plan.Comparison.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTests {
    private static final Iccid ASSIGNED = new Iccid("8910521203310000347");
    private static final Instant ENROLLED = Instant.parse("2026-03-02T08:00:00.123Z");
    private static final String MANAGEMENT_ID = "9932fad3";
    private static final List<String> POOL = List.of("8910521");

    private static MdmDevice enrolled(@Nullable Instant enrolledAt, @Nullable String managementId, String... iccids) {
        return MdmDevice.builder("17")
                .managementId(managementId)
                .name("Tom's phone")
                .iccids(List.of(iccids))
                .enrolledAt(enrolledAt)
                .build();
    }

    private static MdmDevice showing(String... iccids) {
        return enrolled(ENROLLED, MANAGEMENT_ID, iccids);
    }

    private static Sent sent(boolean verifiedBefore) {
        return new Sent(ASSIGNED, "Tom's phone", "Field Crew", ENROLLED, MANAGEMENT_ID, verifiedBefore);
    }

    private static Rules rules(String name, @Nullable String group, List<String> pool) {
        return new Rules(name, Optional.ofNullable(group), pool);
    }

    private static Comparison compare(boolean verifiedBefore, MdmDevice shown) {
        return Comparison.of(sent(verifiedBefore), shown, rules("Tom's phone", "Field Crew", POOL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8910521203310000347",
                "8910 5212 0331 0000 347",
                "8910521203310000347F",
                "8910 5212 0331 0000 347f",
                "89105212033100003470",
                "8910 5212 0331 0000 3470"
            })
    void anEsimIsVerifiedHoweverItsNumberIsSpelled(String shown) {
        Comparison comparison = compare(false, showing("8901260507071800213", shown));

        assertThat(comparison.verified()).isTrue();
        assertThat(comparison.drift()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8910521203310000348", "89105212033100003471"})
    void anotherEsimOfThePoolIsAMismatch(String shown) {
        Comparison comparison = compare(false, showing(shown));

        assertThat(comparison.verified()).isFalse();
        assertThat(comparison.drift()).containsOnlyKeys(ReasonCode.ICCID_MISMATCH);
        assertThat(comparison.drift().get(ReasonCode.ICCID_MISMATCH)).contains(shown, ASSIGNED.value());
    }

    @Test
    void withoutPrefixesAnotherEsimMayBeAnybodys() {
        MdmDevice shown = showing("89105212033100003999");

        assertThat(Comparison.of(sent(false), shown, rules("Tom's phone", "Field Crew", List.of()))
                        .drift())
                .isEmpty();
    }

    @Test
    void whatIsNoNumberIsNoEsim() {
        assertThat(compare(false, showing("", "Unknown", "1234")).verified()).isFalse();
    }

    @Test
    void anEsimThatWasNotShownYetIsNoDrift() {
        assertThat(compare(false, showing()).drift()).isEmpty();
    }

    @Test
    void anEsimThatIsNoLongerShownIsAReEnrolment() {
        Comparison comparison = compare(true, showing());

        assertThat(comparison.verified()).isFalse();
        assertThat(comparison.drift()).containsOnlyKeys(ReasonCode.RE_ENROLLED);
    }

    @Test
    void aNewEnrolmentOrManagementIdIsAReEnrolment() {
        assertThat(compare(false, enrolled(ENROLLED.plusSeconds(1), MANAGEMENT_ID))
                        .drift())
                .containsOnlyKeys(ReasonCode.RE_ENROLLED);
        assertThat(compare(false, enrolled(ENROLLED, "another")).drift()).containsOnlyKeys(ReasonCode.RE_ENROLLED);
    }

    @Test
    void whatTheRecordDoesNotSayIsNoSignOfAnything() {
        assertThat(compare(false, enrolled(null, null)).drift()).isEmpty();
        assertThat(compare(false, enrolled(ENROLLED.minusSeconds(60), MANAGEMENT_ID))
                        .drift())
                .as("an older record")
                .isEmpty();
        assertThat(compare(false, enrolled(ENROLLED.plusNanos(999), MANAGEMENT_ID))
                        .drift())
                .as("finer than the ledger keeps it")
                .isEmpty();
    }

    @Test
    void rulesThatSayOtherwiseAreDrift() {
        assertThat(Comparison.of(sent(false), showing(), rules("Ann's phone", "Field Crew", POOL))
                        .drift())
                .containsOnlyKeys(ReasonCode.RENAMED);
        assertThat(Comparison.of(sent(false), showing(), rules("Tom's phone", "", POOL))
                        .drift())
                .containsOnlyKeys(ReasonCode.GROUP_CHANGED);
        assertThat(Comparison.of(sent(false), showing(), rules("Tom's phone", null, POOL))
                        .drift())
                .containsOnlyKeys(ReasonCode.GROUP_CHANGED);
    }

    @Test
    void whatWasNotSentCannotDrift() {
        Sent nothing = new Sent(ASSIGNED, null, null, null, null, false);

        assertThat(Comparison.of(nothing, showing(), rules("Ann's phone", "Loan Pool", POOL))
                        .drift())
                .isEmpty();
    }
}
