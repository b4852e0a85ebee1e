package io.celonamdm.platform.csv;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.Standings;
import io.celonamdm.ledger.Standings.Downloader;
import io.celonamdm.platform.QrCard;
import io.celonamdm.platform.QrCode;
import io.celonamdm.sync.Sync;
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

    private final Standings standings;
    private final Template page;

    QrPack(Standings standings) throws IOException {
        this.standings = standings;
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
        static Shown of(Downloader downloader) {
            return new Shown(
                    imageName(downloader), QrCard.of(downloader.eid(), downloader.mdm(), downloader.address()));
        }
    }

    /** Writes missing images, removes obsolete ones, and writes the page. */
    void write(Sync sync, Path folder) throws IOException {
        boolean any = new Downloaders(standings, sync.name()).hasNext();
        if (!any && !Files.isDirectory(folder)) {
            return;
        }
        Set<String> images = writeImages(sync, folder);
        Iterable<Shown> cards = () -> cards(sync);
        Map<String, Object> shown = Map.of("sync", sync.name(), "any", any, "cards", cards);
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

    private Set<String> writeImages(Sync sync, Path folder) throws IOException {
        Map<SmdpAddress, byte[]> codes = new HashMap<>();
        Set<String> images = new HashSet<>();
        Iterator<Downloader> downloaders = new Downloaders(standings, sync.name());
        while (downloaders.hasNext()) {
            Downloader each = downloaders.next();
            byte[] known = codes.get(each.address());
            byte[] code = known == null ? QrCode.of(each.address()) : known;
            codes.put(each.address(), code);
            // there may be thousands of unseen devices for weeks, and each firing examines all of them
            SafeFile.write(folder.resolve(imageName(each)), code);
            images.add(imageName(each));
        }
        return images;
    }

    private Iterator<Shown> cards(Sync sync) {
        Iterator<Downloader> downloaders = new Downloaders(standings, sync.name());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return downloaders.hasNext();
            }

            @Override
            public Shown next() {
                return Shown.of(downloaders.next());
            }
        };
    }

    private static String imageName(Downloader each) {
        return SafeFile.name(each.mdm().name()) + "-" + each.eid() + ".png";
    }
}
