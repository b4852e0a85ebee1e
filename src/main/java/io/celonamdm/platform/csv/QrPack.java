package io.celonamdm.platform.csv;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.PendingDownloads;
import io.celonamdm.ledger.PendingDownloads.PendingDownload;
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
 * QR codes for devices that no MDM reaches: one image for each device that was not seen with its eSIM yet, and a page to print
 * with all of them. A device scans the code, and the server finds its eSIM by the EID.
 */
@Component
class QrPack {
    private static final String PAGE = "index.html";

    private final PendingDownloads pending;
    private final Template page;

    QrPack(PendingDownloads pending) throws IOException {
        this.pending = pending;
        try (InputStreamReader text = new InputStreamReader(
                new ClassPathResource("csv/qr.mustache").getInputStream(), StandardCharsets.UTF_8)) {
            page = Mustache.compiler().emptyStringIsFalse(true).compile(text);
        }
    }

    /**
     * One device on the page.
     *
     * @param image the image's file name
     * @param card what stands beside it
     */
    record Shown(String image, QrCard card) {
        static Shown of(PendingDownload each) {
            return new Shown(imageName(each), QrCard.of(each.eid().value(), each.mdm(), each.address()));
        }
    }

    /** Writes the images that are missing, removes those that are of no more use, and writes the page. */
    void write(Sync sync, Path folder) throws IOException {
        boolean any = pending.all(sync.name()).findAny().isPresent();
        if (!any && !Files.isDirectory(folder)) {
            return;
        }
        Set<String> images = writeImages(sync, folder);
        Iterable<Shown> cards = () -> pending.all(sync.name()).map(Shown::of).iterator();
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
        Iterator<PendingDownload> all = pending.all(sync.name()).iterator();
        while (all.hasNext()) {
            PendingDownload each = all.next();
            byte[] known = codes.get(each.address());
            byte[] code = known == null ? QrCode.of(each.address()) : known;
            codes.put(each.address(), code);
            // there may be thousands, which nobody has seen for weeks, and all are looked at after each firing
            SafeFile.write(folder.resolve(imageName(each)), code);
            images.add(imageName(each));
        }
        return images;
    }

    private static String imageName(PendingDownload each) {
        return SafeFile.name(each.mdm().name()) + "-" + each.eid().value() + ".png";
    }
}
