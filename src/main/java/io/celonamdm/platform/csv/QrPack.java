package io.celonamdm.platform.csv;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.celonamdm.device.FleetReport;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.platform.QrCard;
import io.celonamdm.platform.QrCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Writes QR codes for devices that no MDM reaches: an image for each device not yet seen with its eSIM, and a printable
 * page with all of them. A device scans the code, and the server finds its eSIM by the EID.
 */
@Component
class QrPack {
    private static final String PAGE = "index.html";

    private final Template page;

    QrPack() throws IOException {
        try (InputStreamReader text = new InputStreamReader(
                new ClassPathResource("csv/qr.mustache").getInputStream(), StandardCharsets.UTF_8)) {
            page = Mustache.compiler().emptyStringIsFalse(true).compile(text);
        }
    }

    /**
     * One device on the page.
     *
     * @param image the image's file name
     * @param card the text beside it
     */
    record Shown(String image, QrCard card) {
        static Shown of(FleetReport.Row device) {
            return new Shown(imageName(device), QrCard.of(device.eid().value(), device.device(), addressOf(device)));
        }
    }

    /** Writes missing images, removes obsolete ones, and writes the page. */
    void write(String sync, FleetReport report, Path folder) throws IOException {
        boolean any = report.downloads().iterator().hasNext();
        if (!any && !Files.isDirectory(folder)) {
            return;
        }
        Set<String> images = writeImages(report, folder);
        Iterable<Shown> cards = () -> cards(report.downloads().iterator());
        Map<String, Object> shown = Map.of("sync", sync, "any", any, "cards", cards);
        SafeFile.write(folder.resolve(PAGE), out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            page.execute(shown, text);
            text.flush();
        });
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.png")) {
            for (Path image : all) {
                if (!images.contains(String.valueOf(image.getFileName()))) {
                    Files.deleteIfExists(image);
                }
            }
        }
    }

    private static Set<String> writeImages(FleetReport report, Path folder) throws IOException {
        Map<SmdpAddress, byte[]> codes = new HashMap<>();
        Set<String> images = new HashSet<>();
        for (FleetReport.Row each : report.downloads()) {
            SmdpAddress address = addressOf(each);
            byte[] known = codes.get(address);
            byte[] code = known == null ? QrCode.of(address) : known;
            codes.put(address, code);
            // there may be thousands of unseen devices for weeks, and each firing examines all of them
            SafeFile.write(folder.resolve(imageName(each)), code);
            images.add(imageName(each));
        }
        return images;
    }

    private static Iterator<Shown> cards(Iterator<FleetReport.Row> devices) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return devices.hasNext();
            }

            @Override
            public Shown next() {
                return Shown.of(devices.next());
            }
        };
    }

    private static SmdpAddress addressOf(FleetReport.Row device) {
        return Objects.requireNonNull(device.address(), "what is to be downloaded has an address");
    }

    private static String imageName(FleetReport.Row each) {
        return SafeFile.name(each.device().name()) + "-" + each.eid() + ".png";
    }
}
