package io.celonamdm.ledger.device;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Facts of the ledger that may help to end a doubt. */
@Repository
@Transactional(readOnly = true)
public class DoubtFacts {
    private final JdbcClient jdbc;

    DoubtFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The request id in Celona's late answer to a call that was taken for unanswered. */
    public Optional<String> lateRequest(long entry) {
        return jdbc.sql("select late_answer from journal where id = :entry and late_answer is not null")
                .param("entry", entry)
                .query(String.class)
                .optional()
                .flatMap(Json::parse)
                .flatMap(answer -> Fields.of(answer).object("data").text("request_id"));
    }

    /** The SM-DP+ address that Celona named last for a customer. */
    public Optional<SmdpAddress> knownAddress(String customerId) {
        return jdbc.sql("""
                        select smdp_host from device where customer_id = :customer and smdp_host is not null
                        order by assigned_at desc nulls last fetch first 1 row only
                        """)
                .param("customer", customerId)
                .query(String.class)
                .optional()
                .map(SmdpAddress::of);
    }

    /**
     * Whether the eSIM cannot be the one that the call in doubt assigned: another device has it, or must get it, or
     * this one had it before the call, even if that call is deleted.
     */
    public boolean isAnotherEsim(Iccid iccid, Doubtful device) {
        return jdbc.sql("""
                                select count(*) from device
                                where id <> :id and (iccid in (:spellings) or given_iccid in (:spellings))
                                or id = :id and exists (select 1 from journal_device x join journal j on j.id = x.journal_id
                                    where x.device_id = :id and j.id < :entry and j.step <> 'ASSIGN'
                                    and x.iccid in (:spellings))
                                or exists (select 1 from former_esim f where f.device_id = :id
                                    and f.iccid in (:spellings))
                                """)
                        .param("id", device.id())
                        .param("entry", device.entry())
                        .param("spellings", iccid.spellings())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
