package io.celonamdm.ledger;

import io.celonamdm.esim.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
        List<String> looks = new ArrayList<>();
        steps.forEach(
                step -> looks.add("select due_at from device where sync = :sync and place = 'WAITING' and step = '"
                        + step + "'" + condition));
        if (followUps) {
            for (FollowUps.Kind kind : FollowUps.Kind.values()) {
                looks.add("select due_at from follow_up where sync = :sync and not taken and kind = '" + kind + "'");
            }
            looks.add("select redrive_at as due_at from dead_letter where sync = :sync and redrive_at is not null"
                    + " and exists (select 1 from device d where d.id = open_device and d.place = 'DEAD')");
        }
        // one look into the index for each; a minimum over all of them would read every device that waits
        return jdbc.sql(looks.stream()
                        .map(look -> "(" + look + " order by due_at fetch first 1 row only)")
                        .collect(Collectors.joining(
                                " union all ", "select due_at from (", ") due order by due_at fetch first 1 row only")))
                .param("sync", sync)
                .query((row, number) -> Times.required(row, "due_at"))
                .optional();
    }
}
