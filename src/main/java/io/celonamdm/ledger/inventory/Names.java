package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.SqlArrays;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The names that a sync's devices have at Celona. */
@Repository
public class Names {
    private final JdbcClient jdbc;

    Names(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the naming of a sync's devices until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(SyncName sync) {
        jdbc.sql("select name from sync where name = :sync for update")
                .param("sync", sync.value())
                .query(String.class)
                .optional();
    }

    /** Records the name and group that go out to Celona for a device. */
    @Transactional
    public void sends(long device, String name, String group) {
        jdbc.sql("update device set name = :name, device_group = :group where id = :id")
                .param("name", name)
                .param("group", group)
                .param("id", device)
                .update();
    }

    /** Those of some EIDs whose wanted name another device of the sync has. Retired devices do not count. */
    @Transactional(readOnly = true)
    public Set<Eid> taken(SyncName sync, Map<Eid, String> wanted) {
        return jdbc.sql("""
                        select w.whose as eid from unnest(cast(:eids as varchar array), cast(:names as varchar array))
                            as w(whose, called)
                        where exists (select 1 from device d where d.sync = :sync and d.name = w.called
                            and d.eid <> w.whose and d.place <> 'RETIRED')
                        """)
                .param("eids", SqlArrays.eids(wanted.keySet()))
                .param("names", wanted.values().toArray(String[]::new))
                .param("sync", sync.value())
                .query((row, number) -> Rows.eid(row))
                .set();
    }

    /** Whether another device of the sync has the name. Retired devices do not count. */
    @Transactional(readOnly = true)
    public boolean isTaken(SyncName sync, Eid eid, String name) {
        return !jdbc.sql("""
                        select id from device where sync = :sync and name = :name and eid <> :eid and place <> 'RETIRED'
                        fetch first 1 row only
                        """)
                .param("sync", sync.value())
                .param("name", name)
                .param("eid", eid.value())
                .query(Long.class)
                .list()
                .isEmpty();
    }
}
