package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.AssignCall;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The devices of a call are named together, and are named as if one had been named after the other. */
@Tag(TestDatabase.POSTGRESQL)
class NamesOfACallTests {
    private static final StepRig RIG = new StepRig();
    private static final JdbcClient LEDGER = RIG.bean(JdbcClient.class);

    @Test
    void noNameIsGivenTwiceInACallOrInALaterOne() {
        Sync sync = RIG.sync("device-name", "Phone", "device-name-collision", "number");
        Work first = RIG.work(sync, Work.Kind.ASSIGN, 3);

        assertThat(sent(first)).containsExactly("Phone", "Phone 2", "Phone 3");
        assertThat(recorded(first)).containsExactly("Phone", "Phone 2", "Phone 3");
        assertThat(sent(RIG.work(sync, Work.Kind.ASSIGN, 2))).containsExactly("Phone 4", "Phone 5");
    }

    @Test
    void aNameThatADeviceOfTheCallGivesUpIsFreeForTheNext() {
        Work work = RIG.work(RIG.sync(), Work.Kind.ASSIGN, 3);
        List<String> own =
                work.devices().stream().map(device -> device.mdm().name()).toList();
        has(work.devices().get(0), own.get(1));
        Work again = taken(work);

        assertThat(sent(again)).isEqualTo(own);
        assertThat(recorded(again)).isEqualTo(own);
    }

    @Test
    void aNameThatARetiredDeviceHadIsFree() {
        Sync sync = RIG.sync("device-name", "Phone", "device-name-collision", "number");
        Work first = RIG.work(sync, Work.Kind.ASSIGN, 1);
        sent(first);
        LEDGER.sql("update device set place = 'RETIRED' where id = :id")
                .param("id", first.ids().get(0))
                .update();

        assertThat(sent(RIG.work(sync, Work.Kind.ASSIGN, 1))).containsExactly("Phone");
    }

    private static void has(Device device, String name) {
        LEDGER.sql("update device set name = :name, device_group = '' where id = :id")
                .param("name", name)
                .param("id", device.id())
                .update();
    }

    /** The same devices, as they are taken with what the ledger has of them now. */
    private static Work taken(Work work) {
        LEDGER.sql("update device set place = 'WAITING' where id in (:ids)")
                .param("ids", work.ids())
                .update();
        return RIG.due(work.sync(), Work.Kind.ASSIGN);
    }

    private static List<String> sent(Work work) {
        AssignCall call = (AssignCall) Objects.requireNonNull(RIG.intended(work));
        return call.csv().stream().skip(1).map(row -> row.get(1)).toList();
    }

    private static List<String> recorded(Work work) {
        return LEDGER.sql("select name from device where id in (:ids) order by id")
                .param("ids", work.ids())
                .query(String.class)
                .list();
    }
}
