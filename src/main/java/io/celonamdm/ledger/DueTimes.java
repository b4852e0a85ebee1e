package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** When something of a sync is due next. */
@Repository
@Transactional(readOnly = true)
public class DueTimes {
    private final JdbcClient jdbc;

    DueTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The earliest time at which a device, a follow-up or a redrive is due.
     *
     * @param steps the steps that may be taken; others do not count
     * @param followUps whether follow-ups may be written, and dead letters redriven
     */
    public Optional<Instant> next(String sync, Collection<Step> steps, boolean followUps) {
        return earliest("", sync, steps, followUps);
    }

    /** The same, without what must not keep a run open: devices that wait for their phone, follow-ups, redrives. */
    public Optional<Instant> nextOfRun(String sync, Collection<Step> steps) {
        return earliest(" and not waits_for_device", sync, steps, false);
    }

    private Optional<Instant> earliest(String condition, String sync, Collection<Step> steps, boolean followUps) {
        Stream<Instant> ofSteps = steps.stream()
                .flatMap(step -> first(
                        "select due_at from device where sync = :sync and place = 'WAITING' and step = :name"
                                + condition,
                        sync,
                        step.name()));
        Stream<Instant> ofFollowUps = followUps
                ? Stream.of(FollowUps.Kind.values())
                        .flatMap(kind -> first(
                                "select due_at from follow_up where sync = :sync and kind = :name and not taken",
                                sync,
                                kind.name()))
                : Stream.empty();
        Stream<Instant> ofRedrives = followUps
                ? first(
                        "select redrive_at as due_at from dead_letter where sync = :sync and redrive_at is not null"
                                + " and exists (select 1 from device d where d.id = open_device and d.place = 'DEAD')",
                        sync,
                        "")
                : Stream.empty();
        return Stream.of(ofSteps, ofFollowUps, ofRedrives)
                .flatMap(Function.identity())
                .min(Instant::compareTo);
    }

    // one look into the index for each step; a minimum over all of them would read every device that waits
    private Stream<Instant> first(String select, String sync, String name) {
        return jdbc
                .sql(select + " order by due_at fetch first 1 row only")
                .param("sync", sync)
                .param("name", name)
                .query((row, number) -> Times.required(row, "due_at"))
                .list()
                .stream();
    }
}
