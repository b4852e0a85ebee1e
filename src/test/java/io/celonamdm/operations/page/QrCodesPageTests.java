package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.page.QrCodesPage.Shown;
import io.celonamdm.sync.SyncsOfTests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.ui.ConcurrentModel;
import org.springframework.ui.Model;

/** The codes of many devices, some to a page. */
class QrCodesPageTests {
    private static final String SYNC = "warehouse";

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final QrCodesPage page =
            new QrCodesPage(SyncsOfTests.named(SYNC), new DeviceReports(jdbc), new DeviceStates(jdbc));

    /** Devices that have an eSIM, from one address or the other. */
    private void devices(int number) {
        for (int i = 0; i < number; i++) {
            String eid = "890490320070088826000857%08d".formatted(i);
            MdmDevice device = MdmDevice.builder(eid)
                    .managementId(eid)
                    .name("name")
                    .eid(eid)
                    .build();
            jdbc.sql("""
                            insert into inventory (sync, eid, mdm_id, record, fingerprint, present)
                            values (:sync, :eid, :eid, :record, '', true)
                            """)
                    .param("sync", SYNC)
                    .param("eid", eid)
                    .param("record", Json.write(device))
                    .update();
            jdbc.sql("""
                            insert into device (sync, customer_id, eid, step, place, iccid, smdp_host, pushed_at, created_at)
                            values (:sync, '104242', :eid, 'PUSH', 'WAITING', '8910500000000000001', :host,
                                current_timestamp, current_timestamp)
                            """)
                    .param("sync", SYNC)
                    .param("eid", eid)
                    .param("host", i % 2 == 0 ? "rsp.example.com" : "rsp.example.net")
                    .update();
        }
    }

    private Model show(@Nullable Long after) {
        Model model = new ConcurrentModel();
        assertThat(page.show(SYNC, after, model)).isEqualTo("qr-codes");
        return model;
    }

    @SuppressWarnings("unchecked")
    private static List<Shown> devices(Model model) {
        return (List<Shown>) Objects.requireNonNull(model.getAttribute("devices"));
    }

    @Test
    void eachDeviceIsOnOnePage() {
        devices(450);
        List<Integer> sizes = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        Long after = null;
        do {
            Model model = show(after);
            sizes.add(devices(model).size());
            devices(model).forEach(each -> assertThat(ids.add(each.id())).isTrue());
            after = (Long) model.getAttribute("next");
        } while (after != null);

        assertThat(sizes).containsExactly(200, 200, 50);
    }

    @Test
    void noEmptyPageFollowsAFullOne() {
        devices(200);

        assertThat(show(null).getAttribute("next")).isNull();
    }

    @Test
    void aCodeThatManyDevicesHaveIsOneImage() {
        devices(10);

        List<Shown> shown = devices(show(null));

        assertThat(shown)
                .extracting(Shown::image)
                .containsOnly(shown.get(0).id(), shown.get(1).id());
    }

    @Test
    void aSyncThatIsNotThereHasNone() {
        Model model = new ConcurrentModel();

        assertThatThrownBy(() -> page.show("nowhere", null, model)).isInstanceOf(RequestRejected.class);
    }
}
