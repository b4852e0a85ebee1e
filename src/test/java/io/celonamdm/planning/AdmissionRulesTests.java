package io.celonamdm.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.IccidHolders;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The order in which a sync's rules are asked about a device, whenever they are. */
@Slow
class AdmissionRulesTests {
    private static final Eid EID = Eid.of("89049032007008882600085727376656");
    private static final Eid ROUNDED = new Eid("89049032007008880000000000000000");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "sync.schedule", "0 30 4 * * ?",
            "sync.mdm.platform", "fleetdesk",
            "sync.celona.customer-id", "104242",
            "sync.celona.api-key", "key"));
    private final MdmDevice phone =
            MdmDevice.builder("17").name("Phone").eid(EID.value()).build();

    @Test
    void aDeviceOfTheSyncIsServed() {
        assertThat(decision(EID, false)).isEqualTo(new Decision(null, "", null));
    }

    @Test
    void scopeComesFirst() {
        settings.put("sync.scope.exclude-ids", ROUNDED.value());

        assertThat(decision(ROUNDED, true).code()).isEqualTo(ReasonCode.OUT_OF_SCOPE);
    }

    @Test
    void anEidThatAnOlderVersionHasTakenForOneIsNotServed() {
        assertThat(decision(ROUNDED, true).code()).isEqualTo(ReasonCode.EID_SCIENTIFIC);
    }

    @Test
    void theOwnerComesBeforeTheGroup() {
        settings.put("sync.device-groups[0].group", "Drivers");
        settings.put("sync.device-groups[0].when.mdm-group", "Drivers");

        assertThat(decision(EID, true).code()).isEqualTo(ReasonCode.OWNED_BY_OTHER_SYNC);
        assertThat(decision(EID, false)).isEqualTo(new Decision(ReasonCode.NO_GROUP, AdmissionRules.NO_GROUP, null));
    }

    private Decision decision(Eid eid, boolean ownedByOther) {
        Sync sync = Sync.of(
                "warehouse",
                new Binder(new MapConfigurationPropertySource(settings))
                        .bind("sync", SyncSettings.class)
                        .get());
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.registerBean(
                    JdbcClient.class, () -> JdbcClient.create(new DriverManagerDataSource(TestDatabase.create())));
            beans.register(IccidHolders.class, IccidClaims.class, AdmissionRules.class);
            beans.refresh();
            return beans.getBean(AdmissionRules.class).of(sync, phone, eid, ownedByOther);
        }
    }
}
