package io.celonamdm.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.NoticeSource.Failing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How long the ledger remembers a notice, so that nothing is reported twice. */
@Tag(TestDatabase.POSTGRESQL)
class NoticesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);

    private Notices at(Instant time) {
        return new Notices(jdbc, Clock.fixed(time, ZoneOffset.UTC));
    }

    /** Notes a failure, and tells what is new. Returns how much was told. */
    private int tell(Instant time, String subject) {
        Notices notices = at(time);
        notices.note("chat", "warehouse", "FAILURE", subject, "a title", List.of());
        notices.forget();
        List<Notice> due = notices.due(10);
        due.forEach(notice -> notices.told(notice.id()));
        return due.size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull of run 7", "run 7"})
    void whatIsOfARunIsToldOnceHoweverOftenItIsLookedAt(String subject) {
        assertThat(tell(NOW, subject)).isEqualTo(1);
        for (int look = 1; look <= 20; look++) {
            assertThat(tell(NOW.plusSeconds(15L * look), subject))
                    .as("look %d", look)
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void aStateIsToldOnceUntilItIsOver(String state) {
        assertThat(tell(NOW, state)).isEqualTo(1);
        assertThat(tell(NOW.plusSeconds(15), state)).isZero();

        List<Notices.Told> open = at(NOW).openStates("chat");
        assertThat(open).singleElement().returns(state, Notices.Told::subject);
        at(NOW.plusSeconds(30)).over(open.get(0).id());
        assertThat(at(NOW).openStates("chat")).isEmpty();

        at(NOW.plusSeconds(30)).forget();
        assertThat(tell(NOW.plus(Duration.ofHours(1)), state))
                .as("it began anew")
                .isEqualTo(1);
    }

    static List<String> states() {
        return List.copyOf(Failing.STATES);
    }

    @Test
    void aKindOfFailureThatIsOverIsNewsAgain() {
        assertThat(tell(NOW, "DG_NOT_FOUND")).isEqualTo(1);
        assertThat(tell(NOW.plusSeconds(15), "DG_NOT_FOUND"))
                .as("no device has failed so by then")
                .isZero();
        assertThat(tell(NOW.plusSeconds(30), "DG_NOT_FOUND")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89049032692062826375526599366404",
                "8904 9032 6920 6282 6375 5265 9936 6404",
                "89105212033100003517",
                "358823340832230"
            })
    void noNumberOfADeviceIsInANoticeWhoeverIsQuoted(String number) {
        String words = "OTHER: Celona says \"{eid=%1$s} is not %1$s\"".formatted(number);
        at(NOW).note("chat", "warehouse", "FAILURE", "run 7", words, List.of(new Line("reason", words)));

        assertThat(at(NOW).due(10))
                .singleElement()
                .satisfies(notice -> assertThat(notice.toString())
                        .contains(number.substring(0, 8) + "…" + number.substring(number.length() - 4))
                        .doesNotContain(number));
    }
}
