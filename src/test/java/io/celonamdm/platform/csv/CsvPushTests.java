package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The orders that an administrator imports. */
class CsvPushTests {
    private static final String EID = "89049032123451234512345678901235";
    private static final String OTHER_EID = "89049032123451234512345678901243";

    @TempDir
    Path folder = Path.of("");

    @Test
    void anOrderSaysWhichDeviceDownloadsFromWhere() throws IOException {
        assertThat(order(
                        Map.of(),
                        device(EID, "Forklift 7", "F4GHK2LMNP", "358823340832230"),
                        device(OTHER_EID, "", "", null)))
                .isEqualTo("""
                        EID,Name,Serial number,SM-DP+ address,SM-DP+ host,Activation code,IMEI\r
                        89049032123451234512345678901235,Forklift 7,F4GHK2LMNP,https://rsp.example.com,rsp.example.com,LPA:1$rsp.example.com$,358823340832230\r
                        89049032123451234512345678901243,,,https://rsp.example.com,rsp.example.com,LPA:1$rsp.example.com$,\r
                        """);
    }

    @Test
    void itHasTheColumnsThatAnMdmImports() throws IOException {
        assertThat(order(
                        Map.of(
                                "sync.mdm.csv.orders.columns[0]",
                                "Activation code={activation-code}",
                                "sync.mdm.csv.orders.columns[1]",
                                "IMEI={imei}"),
                        device(EID, "Forklift 7", "F4GHK2LMNP", "358823340832230")))
                .isEqualTo("Activation code,IMEI\r\nLPA:1$rsp.example.com$,358823340832230\r\n");
    }

    @Test
    void noNameIsAFormula() throws IOException {
        Map<String, Object> columns = Map.of(
                "sync.mdm.csv.orders.columns[0]", "Name={name}",
                "sync.mdm.csv.orders.columns[1]", "Both={serial}{name}");

        assertThat(order(columns, device(EID, "=1+1", "", null), device(OTHER_EID, "two\nlines, \"quoted\"", "", null)))
                .isEqualTo("""
                        Name,Both\r
                        '=1+1,'=1+1\r
                        "two lines, ""quoted""\","two lines, ""quoted""\"\r
                        """);
    }

    @Test
    void anOrderThatCannotBeWrittenIsWrittenLater() throws IOException {
        Files.writeString(folder.resolve("push"), "somebody's file");

        assertThatExceptionOfType(KnownFailure.class)
                .isThrownBy(() -> order(Map.of(), device(EID, "", "", null)))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(Kind.TRANSIENT))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(ReasonCode.FOLDER_UNUSABLE))
                .withMessageContaining("push");
    }

    private String order(Map<String, Object> others, Target... targets) throws IOException {
        Map<String, Object> settings = new HashMap<>(others);
        settings.put("sync.schedule", "0 30 4 * * ?");
        settings.put("sync.mdm.platform", "csv");
        settings.put("sync.mdm.folder", folder.toString());
        settings.put("sync.celona.customer-id", "104242");
        settings.put("sync.celona.api-key", "key");
        SyncSettings bound = new Binder(new MapConfigurationPropertySource(settings))
                .bind("sync", SyncSettings.class)
                .get();

        List<PushOutcome> outcomes = new CsvPush(Clock.systemUTC())
                .write(
                        Sync.of("warehouse", bound),
                        new PushOrder(new SyncName("warehouse"), new SmdpAddress("rsp.example.com"), List.of(targets)));

        assertThat(outcomes)
                .as("nobody ever hears what became of it")
                .containsExactlyElementsOf(Stream.of(targets)
                        .map(target -> new PushOutcome.Sent(target.eid(), ""))
                        .toList());
        try (Stream<Path> files = Files.list(folder.resolve("push"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }

    private static Target device(String eid, String name, String serial, @Nullable String imei) {
        MdmDevice device = MdmDevice.builder(eid)
                .managementId(eid)
                .name(name)
                .serialNumber(serial)
                .eid(eid)
                .imei(imei)
                .build();
        return new Target(eid, device, null, null);
    }
}
