package io.celonamdm.ledger.device;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The parts of refused batches, and the outcomes of the calls made for them. */
@Repository
@Transactional
public class BatchParts {
    private final JdbcClient jdbc;
    private final DeviceTransitions transitions;

    BatchParts(JdbcClient jdbc, DeviceTransitions transitions) {
        this.jdbc = jdbc;
        this.transitions = transitions;
    }

    /** Divides a part: each half of its devices is sent in its own call now. */
    public void halve(BatchPart part, List<Long> ids) {
        int middle = ids.size() / 2;
        transitions.resend(part.half(0), ids.subList(0, middle));
        transitions.resend(part.half(1), ids.subList(middle, ids.size()));
    }

    /** Removes devices from their parts. */
    public void leave(Collection<Long> ids) {
        jdbc.sql("update device set part_of = null, part = null where id in (:ids) and part_of is not null")
                .param("ids", ids)
                .update();
    }

    /** Joins all devices of a batch that are still sent in parts into one batch again. */
    public void join(long whole) {
        jdbc.sql("update device set part_of = null, part = null where part_of = :whole")
                .param("whole", whole)
                .update();
    }

    /** The number of devices in the batch as it was first sent. */
    @Transactional(readOnly = true)
    public int size(long whole) {
        return jdbc.sql("select count(*) from journal_device where journal_id = :whole")
                .param("whole", whole)
                .query(Integer.class)
                .single();
    }

    /** The number of calls made or due for parts of the batch. Calls that were never sent do not count. */
    @Transactional(readOnly = true)
    public int calls(long whole) {
        return jdbc.sql("""
                        select (select count(*) from journal where part_of = :whole and state <> 'NOT_SENT')
                            + (select count(distinct part) from device where part_of = :whole and place = 'WAITING')
                        """).param("whole", whole).query(Integer.class).single();
    }

    /** Whether the vendor has accepted one of the batch's parts. */
    @Transactional(readOnly = true)
    public boolean anyTaken(long whole) {
        return jdbc.sql("select count(*) from journal where part_of = :whole and state = 'ANSWERED'")
                        .param("whole", whole)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Why the part's other half was refused; null if it was not. */
    @Transactional(readOnly = true)
    public @Nullable String refusalOfSibling(BatchPart part) {
        return jdbc.sql("""
                        select answer from journal where part_of = :whole and part = :path and state = 'REFUSED'
                        order by id desc fetch first 1 row only
                        """)
                .param("whole", part.whole())
                .param("path", part.sibling().path())
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
