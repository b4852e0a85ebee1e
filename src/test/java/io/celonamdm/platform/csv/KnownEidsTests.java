package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.settings.SyncSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** EIDs of several sources for one serial number. */
class KnownEidsTests {
    private static final String EID = "89049032007008882600085727376656";
    private static final String OTHER = "89049032007008882600085727376657";

    @TempDir
    Path folder = Path.of("");

    /** What a file says of serial number S1. */
    private KnownEids known(String eid) throws IOException {
        Path file = Files.writeString(folder.resolve("eids.csv"), "Serial,EID\nS1,\"" + eid + "\"\n");
        return KnownEids.read(new Binder(new MapConfigurationPropertySource(Map.of(
                        "sync.schedule", "0 0 3 * * ?",
                        "sync.mdm.platform", "jamf",
                        "sync.mdm.enrich.file", file.toString(),
                        "sync.celona.customer-id", "1",
                        "sync.celona.api-key", "key")))
                .bind("sync", SyncSettings.class)
                .get()
                .mdm());
    }

    private static @Nullable String given(KnownEids known) {
        known.fill(InventoryPage.of(
                List.of(MdmDevice.builder("1").serialNumber("s1").build())));
        return known.rest().devices().get(0).eid();
    }

    @Test
    void oneEidInTwoSpellingsIsNoContradiction() throws IOException {
        KnownEids known = known("8904 9032 0070 0888 2600 0857 2737 6656");
        known.add("S1", EID);

        assertThat(given(known)).isEqualTo(EID);
        assertThat(known.rest().notes()).isEmpty();
    }

    @Test
    void twoEidsAre() throws IOException {
        KnownEids known = known(OTHER);
        known.add("S1", EID);

        assertThat(given(known)).isNull();
    }

    @Test
    void twoDevicesOfApplesWithOneSerialNumberGiveNone() throws IOException {
        KnownEids known = known("");
        known.add("S1", EID);
        known.add("S1 ", OTHER);

        known.fill(InventoryPage.of(
                List.of(MdmDevice.builder("1").serialNumber("S1").build())));
        InventoryPage rest = known.rest();

        assertThat(rest.devices()).extracting(MdmDevice::eid).containsOnlyNulls();
        assertThat(rest.notes()).extracting(BrokenRecord::code).containsExactly(ReasonCode.SHARED_KEY);
    }

    @Test
    void whatTheMdmShowsStays() throws IOException {
        KnownEids known = known("");
        known.add("S1", EID);
        MdmDevice device = MdmDevice.builder("1").serialNumber("S1").eid(OTHER).build();

        assertThat(known.fill(InventoryPage.of(List.of(device))).devices()).containsExactly(device);
        assertThat(known.rest().devices()).isEmpty();
    }
}
