package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.FleetReport;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.DeviceReports;
import io.celonamdm.ledger.run.Runs;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The devices as a report route without Java sees them. */
@Slow
class FleetReportsTests {
    /** More than are read at once. */
    private static final int DEVICES = 503;

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.migrated());
    private final JdbcClient jdbc = JdbcClient.create(database);

    @Test
    void aRouteGoesThroughAllDevices() throws Exception {
        for (int number = 1; number <= DEVICES; number++) {
            device(number);
        }
        List<String> told = new ArrayList<>();
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            beans.registerBean(JdbcClient.class, () -> jdbc);
            beans.registerBean(Clock.class, Clock::systemUTC);
            beans.register(Runs.class, DeviceReports.class, FleetReports.class);
            beans.refresh();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:report")
                            .filter(simple("${body.planned} == false && ${body.planOnly} == false"))
                            .split(simple("${body.devices}"))
                            .streaming()
                            .process(exchange -> told.add(
                                    simple("${body.device.serialNumber};${body.state};${body.code};${body.address.url}")
                                            .evaluate(exchange, String.class)));
                }
            });
            camel.start();

            FleetReport report = beans.getBean(FleetReports.class).of(sync(), null);
            camel.createProducerTemplate().sendBody("direct:report", report);

            assertThat(told)
                    .hasSize(DEVICES)
                    .startsWith("S1;WAITING;UNCONFIRMED;https://rsp.example.com")
                    .endsWith("S%d;WAITING;UNCONFIRMED;https://rsp.example.com".formatted(DEVICES))
                    .doesNotHaveDuplicates();
            assertThat(report.downloads()).hasSize(DEVICES);
            assertThat(report.of(List.of(eid(7))).values())
                    .extracting(FleetReport.Row::eid, row -> row.device().serialNumber())
                    .containsExactly(tuple(new Eid(eid(7)), "S7"));
        }
    }

    private static Sync sync() {
        SyncSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "sync.schedule", "0 30 4 * * ?",
                        "sync.mdm.platform", "fleetdesk",
                        "sync.celona.customer-id", "104242",
                        "sync.celona.api-key", "key")))
                .bind("sync", SyncSettings.class)
                .get();
        return Sync.of("warehouse", settings);
    }

    private static String eid(int number) {
        return "890490320070088826000857%08d".formatted(number);
    }

    private void device(int number) {
        MdmDevice shown = MdmDevice.builder(String.valueOf(number))
                .serialNumber("S" + number)
                .eid(eid(number))
                .build();
        jdbc.sql("insert into inventory (sync, eid, mdm_id, record, fingerprint, present)"
                        + " values ('warehouse', :eid, :eid, :record, '', true)")
                .param("eid", eid(number))
                .param("record", Json.write(shown))
                .update();
        jdbc.sql("""
                        insert into device (sync, customer_id, eid, step, place, code, iccid, smdp_host, created_at)
                        values ('warehouse', 'c', :eid, 'CONFIRM', 'WAITING', 'UNCONFIRMED', '8910500000000000001',
                            'rsp.example.com', current_timestamp)
                        """).param("eid", eid(number)).update();
    }
}
