package io.celonamdm.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Devices for which a command may have been sent that nobody knows of. */
@Repository
@Transactional(readOnly = true)
public class Unanswered {
    private final JdbcClient jdbc;

    Unanswered(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the devices whose latest push that was decided before was never answered. */
    public Set<Long> pushes(Collection<Long> devices) {
        return new HashSet<>(
                jdbc.sql("""
                        select d.device_id from journal_device d join journal j on j.id = d.journal_id
                        where d.device_id in (:ids) and j.step = 'PUSH' and j.state in ('IN_DOUBT', 'ANSWERED')
                        group by d.device_id
                        having max(case when j.state = 'IN_DOUBT' then j.id else 0 end)
                            > max(case when j.state = 'ANSWERED' then j.id else 0 end)
                        """).param("ids", devices).query(Long.class).list());
    }
}
