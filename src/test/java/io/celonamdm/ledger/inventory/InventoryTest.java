package io.celonamdm.ledger.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DueTimes;
import io.celonamdm.ledger.device.DueTimes.Due;
import io.celonamdm.ledger.run.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The inventory after each page of a pull and at its end. */
@Tag(TestDatabase.POSTGRESQL)
class InventoryTest {
    private static final String SYNC = "warehouse";
    private static final SyncName NAME = new SyncName(SYNC);
    private static final String ONE = "89049032000000000000000000000001";
    private static final String OTHER = "89049032000000000000000000000002";
    private static final String THIRD = "89049032000000000000000000000003";

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Findings findings = new Findings(jdbc);
    private final BrokenRecords broken = new BrokenRecords(jdbc, findings);
    private final MissingRecords missed = new MissingRecords(jdbc, Clock.fixed(EARLY, ZoneOffset.UTC));
    private final Inventory inventory = new Inventory(jdbc, findings, new UsableEids(findings), broken, missed);
    private long runs;

    @Test
    void whatDidNotChangeIsNotStaged() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));

        Pull again = begin();
        inventory.stage(again, List.of(device(OTHER, "other"), device(ONE, "one")), EidCheck.OFF);

        assertThat(again.hasStaged()).isFalse();
        assertThat(rowsOf("pulled")).isZero();
    }

    @Test
    void aPageThatCouldNotBeStagedIsTriedAgainBeforeAnotherOneIsTaken() {
        Pull pull = begin();
        List<String> tried = new CopyOnWriteArrayList<>();
        pull.stageBeside(() -> {
            tried.add("first");
            if (tried.size() == 1) {
                throw new CannotAcquireLockException("the table is locked");
            }
        });

        assertThatThrownBy(() -> pull.stageBeside(() -> tried.add("second")))
                .isInstanceOf(CannotAcquireLockException.class);
        pull.stageBeside(() -> tried.add("second"));
        pull.completed(false);

        assertThat(tried).containsExactly("first", "first", "second");
    }

    @Test
    void aPullWhoseLastPageCouldNotBeStagedIsNotComplete() {
        Pull pull = begin();
        pull.stageBeside(() -> {
            throw new CannotAcquireLockException("the table is locked");
        });

        assertThatThrownBy(() -> pull.completed(false)).isInstanceOf(CannotAcquireLockException.class);

        assertThat(pull.isComplete()).isFalse();
    }

    @Test
    void aPullReplacesTheInventory() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));

        pull(List.of(device(ONE, "renamed")), List.of(device(THIRD, "third")));
        assertThat(shown()).as("one pull may have missed it").containsKey(OTHER);
        pull(List.of(device(ONE, "renamed")), List.of(device(THIRD, "third")));

        assertThat(shown())
                .containsOnlyKeys(ONE, THIRD)
                .hasEntrySatisfying(ONE, record -> assertThat(record).contains("renamed"));
        assertThat(rowsOf("pulled")).isZero();
    }

    @Test
    void aFallIsBelievedOnceTwoPullsInARowAgreeOnIt() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other"), device(THIRD, "third")));

        pull(MissingRecords.Means.GONE_IF_MISSED_TWICE, List.of(device(ONE, "one"), device(OTHER, "other")));
        assertThat(shown()).containsOnlyKeys(ONE, OTHER, THIRD);
        pull(MissingRecords.Means.GONE_IF_MISSED_TWICE, List.of(device(ONE, "one")));

        assertThat(shown()).as("the other one was missed for the first time").containsOnlyKeys(ONE, OTHER);
        assertThat(missed.count(NAME)).isEqualTo(1);
    }

    @Test
    void aFallThatTwoPullsAgreeOnStaysProvenForThoseThatFollow() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other"), device(THIRD, "third")));

        assertThat(confirmed()).as("the first pull that misses two").isFalse();
        assertThat(confirmed()).isTrue();
        assertThat(confirmed()).as("none is missed any more").isTrue();
    }

    /** Whether another pull that shows one device proves the fall. */
    private boolean confirmed() {
        Pull pull = begin();
        inventory.stage(pull, List.of(device(ONE, "one")), EidCheck.OFF);
        pull.completed(false);
        boolean confirmed = missed.confirms(pull);
        inventory.complete(pull, MissingRecords.Means.GONE_IF_MISSED_TWICE);
        return confirmed;
    }

    @Test
    void whatIsShownAgainWasNeverGone() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));
        pull(MissingRecords.Means.GONE_IF_MISSED_TWICE, List.of(device(ONE, "one")));
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));

        pull(MissingRecords.Means.GONE_IF_MISSED_TWICE, List.of(device(ONE, "one")));

        assertThat(shown()).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void anEmptyPullMeansNothingUntilAPersonSaysSo() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));
        pull(MissingRecords.Means.NOTHING);
        pull(MissingRecords.Means.NOTHING);
        assertThat(shown()).containsOnlyKeys(ONE, OTHER);

        missed.believe(NAME);

        assertThat(shown()).isEmpty();
        assertThat(missed.count(NAME)).isZero();
    }

    @Test
    void whatHasGoneComesBackThoughItDidNotChange() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));
        pull(List.of(device(OTHER, "other")));
        pull(List.of(device(OTHER, "other")));
        assertThat(shown()).containsOnlyKeys(OTHER);

        pull(List.of(device(ONE, "one"), device(OTHER, "other")));

        assertThat(shown()).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void goneIsWhatTwoPullsInARowHaveMissed() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));
        for (int night = 0; night < 3; night++) {
            pull(List.of(device(ONE, "one")));
            assertThat(shown()).containsOnlyKeys(ONE, OTHER);
            pull(List.of(device(ONE, "one"), device(OTHER, "other")));
        }
        assertThat(rowsOf("missed")).isZero();
    }

    @Test
    void aRecordThatCannotBeReadLeavesItsDeviceAsItWas() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other"), device(THIRD, "third")));

        for (int night = 0; night < 3; night++) {
            Pull pull = begin();
            inventory.stage(
                    pull, List.of(device(THIRD, "third"), device("id-2", "8.9E+31", "other", null)), EidCheck.OFF);
            broken.take(pull, List.of(new BrokenRecord("id-1", ReasonCode.RECORD_UNREADABLE, "odd")));
            pull.completed(false);
            inventory.complete(pull, MissingRecords.Means.GONE_IF_MISSED_TWICE);
        }

        assertThat(shown()).containsOnlyKeys(ONE, OTHER, THIRD);
        assertThat(rowsOf("finding")).as("two a night").isEqualTo(6);
        assertThat(rowsOf("missed")).isZero();
    }

    @Test
    void aRecordWithoutAnIdMayBeAnyThatIsMissing() {
        pull(List.of(device(ONE, "one"), device(OTHER, "other")));

        for (int night = 0; night < 3; night++) {
            Pull pull = begin();
            inventory.stage(pull, List.of(device(ONE, "one")), EidCheck.OFF);
            broken.take(pull, List.of(new BrokenRecord("", ReasonCode.RECORD_UNREADABLE, "null")));
            pull.completed(false);
            inventory.complete(pull, MissingRecords.Means.GONE_IF_MISSED_TWICE);
        }

        assertThat(shown()).containsOnlyKeys(ONE, OTHER);
    }

    @Test
    void noRecordIsTooLongForTheLedger() {
        String vast = "x".repeat(100_000);
        Pull pull = begin();
        inventory.stage(
                pull,
                List.of(
                        device(ONE, vast),
                        device(vast, OTHER, "other", null),
                        device("id", THIRD, "\uD800 \u0000 \uDC00", null)),
                EidCheck.OFF);
        pull.completed(false);
        inventory.complete(pull, MissingRecords.Means.GONE_IF_MISSED_TWICE);

        assertThat(shown()).containsOnlyKeys(ONE, THIRD);
        assertThat(pull.findings()).containsEntry(ReasonCode.RECORD_UNREADABLE, 1);
    }

    @Test
    void aPullOfLittleButBrokenRecordsSaysSo() {
        Pull pull = begin();
        inventory.stage(pull, List.of(device(ONE, "one"), device(OTHER, "other")), EidCheck.OFF);
        broken.take(pull, List.of(new BrokenRecord("7", ReasonCode.RECORD_UNREADABLE, "odd")));
        assertThat(pull.mostlyBroken()).isEmpty();

        broken.take(
                pull,
                List.of(
                        new BrokenRecord("8", ReasonCode.RECORD_UNREADABLE, "odd"),
                        new BrokenRecord("9", ReasonCode.RECORD_UNREADABLE, "odd")));
        assertThat(pull.mostlyBroken()).hasValue("3 of 5 records cannot be read; the first: odd");
    }

    @Test
    void ofOneEidOnTwoPagesTheLastRecordCounts() {
        pull(List.of(device(ONE, "one")), List.of(device(ONE, "later")), List.of(device(ONE, "last")));

        assertThat(shown())
                .hasEntrySatisfying(ONE, record -> assertThat(record).contains("last"))
                .hasSize(1);
    }

    @Test
    void ofTwoDevicesWithOneEidTheOneEnrolledLaterCountsThoughTheOtherIsKnown() {
        pull(List.of(device(ONE, "one")));

        pull(List.of(device(ONE, "one")), List.of(enrolled("other", EARLY)));
        assertThat(shown()).hasEntrySatisfying(ONE, record -> assertThat(record).contains("other"));

        pull(List.of(enrolled("other", EARLY)), List.of(device(ONE, "one")));
        assertThat(shown()).hasEntrySatisfying(ONE, record -> assertThat(record).contains("other"));
        assertThat(rowsOf("finding")).isEqualTo(2);

        Pull again = begin();
        inventory.stage(again, List.of(enrolled("other", EARLY)), EidCheck.OFF);
        inventory.stage(again, List.of(device(ONE, "one")), EidCheck.OFF);
        assertThat(again.hasStaged()).isFalse();
    }

    @Test
    void anEmptyLedgerHasNothingDue() {
        assertThat(new DueTimes(jdbc).next(NAME, EnumSet.of(Step.ASSIGN, Step.PUSH)))
                .isEqualTo(new Due(Map.of(), Map.of(), null));
    }

    @SafeVarargs
    private void pull(List<MdmDevice>... pages) {
        pull(MissingRecords.Means.GONE_IF_MISSED_TWICE, pages);
    }

    @SafeVarargs
    private void pull(MissingRecords.Means missing, List<MdmDevice>... pages) {
        Pull pull = begin();
        for (List<MdmDevice> page : pages) {
            inventory.stage(pull, page, EidCheck.OFF);
        }
        pull.completed(false);
        inventory.complete(pull, missing);
    }

    private Pull begin() {
        Instant now = Instant.parse("2026-11-24T04:30:00Z");
        return inventory.begin(new Run(
                ++runs,
                NAME,
                Run.Cause.NIGHTLY,
                false,
                now,
                now,
                null,
                Run.PullState.WANTED,
                null,
                0,
                null,
                0,
                0,
                0,
                null,
                true,
                null,
                null,
                null,
                null));
    }

    private static MdmDevice device(String eid, String name) {
        return device("id-" + eid.charAt(31), eid, name, null);
    }

    /** Another device with the first EID. */
    private static MdmDevice enrolled(String name, Instant at) {
        return device("id-" + name, ONE, name, at);
    }

    private static MdmDevice device(String id, String eid, String name, @Nullable Instant enrolledAt) {
        return MdmDevice.builder(id)
                .name(name)
                .os("iOS")
                .eid(eid)
                .enrolledAt(enrolledAt)
                .build();
    }

    private Map<String, String> shown() {
        Map<String, String> records = new TreeMap<>();
        jdbc.sql("select eid, record from inventory where present").query(row -> {
            records.put(row.getString("eid"), row.getString("record"));
        });
        return records;
    }

    private long rowsOf(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
