package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.celonamdm.device.FleetReport;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.SmdpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The QR codes and the page for devices that no MDM reaches. */
class QrPackTests {
    private static final SmdpAddress ADDRESS = SmdpAddress.of("https://sm-v4-072-d-gtm.pr.go-esim.com");

    @TempDir
    Path folder = Path.of("");

    private final List<FleetReport.Row> waiting = new ArrayList<>();

    @Test
    void eachDeviceThatWaitsHasItsCodeAndItsCard() throws Exception {
        waits("<script>alert(1)</script> & \"Zoë\"", "C02XK1ZZJG5J");
        waits("../../etc/Forklift 7", "");
        waits(
                "A name of a device that goes on for so long that nobody ever thought it could, until somebody did",
                "F4G");
        waits("Rugged-tablet_without_any_blank_in_its_name_at_all_0123456789", "DMPZ9");
        waits("配送ステーション 12", "F9FXL");
        waits("", "F9FXM");
        waits("Dock door 4", "F9FXN");
        waits("Dock door 5", "F9FXP");
        waits("Dock door 6", "F9FXQ");
        write();

        List<Path> images = files(".png");
        assertThat(images).hasSize(9);
        for (Path image : images) {
            assertThat(new QRCodeReader()
                            .decode(new BinaryBitmap(new HybridBinarizer(
                                    new BufferedImageLuminanceSource(ImageIO.read(image.toFile())))))
                            .getText())
                    .isEqualTo("LPA:1$sm-v4-072-d-gtm.pr.go-esim.com$");
        }
        String page = Files.readString(folder.resolve("qr/index.html"));
        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Zoë&quot;")
                .contains("配送ステーション 12")
                .contains("Device without a name")
                .contains("… 1000 0000")
                .doesNotContain("/etc/Forklift-7");
        images.forEach(image -> assertThat(page).contains("src=\"" + image.getFileName() + "\""));
    }

    @Test
    void aDeviceThatHasItsEsimLosesItsCode() throws IOException {
        waits("gone", "1");
        waits("waits", "2");
        write();
        waiting.remove(0);
        write();
        assertThat(files(".png")).singleElement().asString().contains("waits-");
        waiting.clear();
        write();

        assertThat(files(".png")).isEmpty();
        assertThat(folder.resolve("qr/index.html")).content().contains("No device waits for its eSIM.");
    }

    @Test
    void anImageThatIsAnotherOneIsWrittenAnew() throws IOException {
        waits("waits", "2");
        write();
        Path image = files(".png").get(0);
        byte[] code = Files.readAllBytes(image);
        FileTime written = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(image, written);
        write();
        assertThat(Files.getLastModifiedTime(image)).isEqualTo(written);

        Files.write(image, new byte[code.length]);
        write();
        assertThat(image).hasBinaryContent(code);
    }

    @Test
    void nothingIsWrittenWhereNoDeviceEverWaited() throws IOException {
        write();

        assertThat(folder.resolve("qr")).doesNotExist();
    }

    private void write() throws IOException {
        new QrPack().write("warehouse", new Waiting(waiting), folder.resolve("qr"));
    }

    /** A report of devices that all wait for their eSIM. */
    private record Waiting(List<Row> downloads) implements FleetReport {
        @Override
        public boolean planned() {
            return true;
        }

        @Override
        public boolean planOnly() {
            return false;
        }

        @Override
        public List<Row> devices() {
            return downloads;
        }

        @Override
        public Map<String, Row> of(Collection<String> eids) {
            return Map.of();
        }
    }

    private void waits(String name, String serial) {
        String eid = "890490320070088826000857%08d".formatted(10_000_000 * (waiting.size() + 1));
        MdmDevice device = MdmDevice.builder(eid)
                .managementId(eid)
                .name(name)
                .serialNumber(serial)
                .eid(eid)
                .build();
        waiting.add(new FleetReport.Row(
                new Eid(eid), device, "WAITING", "CONFIRM", null, null, new Iccid("8910500000000000001"), ADDRESS));
    }

    private List<Path> files(String end) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("qr"))) {
            return all.filter(each -> each.toString().endsWith(end)).sorted().toList();
        }
    }
}
