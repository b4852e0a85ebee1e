package io.celonamdm.settings.mdm;

import com.nimbusds.jose.jwk.Curve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.ssl.pem.PemContent;

/** Reads the private key of an API account at Apple: PEM, elliptic, on the curve P-256. No failure quotes the key. */
public final class AppleKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([^-]+)-----END [A-Z0-9 ]*PRIVATE KEY-----");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A downloaded key is some 250 bytes. */
    private static final long LONGEST_FILE = 64 * 1024;

    private AppleKey() {}

    /**
     * The key in the settings' file, or in the settings themselves.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no such key; the message says why
     */
    public static ECPrivateKey of(AppleBusinessSettings settings) throws IOException {
        return read(settings.privateKeyFile().isBlank() ? settings.privateKey() : text(settings.privateKeyFile()));
    }

    private static String text(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("is no file");
        }
        if (Files.size(file) > LONGEST_FILE) {
            throw new IllegalArgumentException("is too long for a key");
        }
        return Files.readString(file);
    }

    private static ECPrivateKey read(String text) {
        // an environment variable may hold line ends as \n
        Matcher pem = PEM.matcher(text.replace("\\r", "").replace("\\n", "\n"));
        boolean found = pem.find();
        if (found ? pem.group(1).startsWith("ENCRYPTED") : text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new IllegalArgumentException("has an encrypted key; Apple's are not encrypted");
        }
        if (!found) {
            throw new IllegalArgumentException("has no -----BEGIN PRIVATE KEY----- in it");
        }
        if (!(key(pem) instanceof ECPrivateKey key) || !Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))) {
            throw new IllegalArgumentException("has a key that is not on the curve P-256");
        }
        return key;
    }

    /** Keys of Apple's portal may be PKCS #8 under the label of SEC 1. */
    private static PrivateKey key(Matcher pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            return other(pem);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("has no key that can be read");
        }
    }

    private static PrivateKey other(Matcher pem) {
        // in lines, which a variable may have lost
        String lines = "-----BEGIN %1$sPRIVATE KEY-----%n%2$s%n-----END %1$sPRIVATE KEY-----"
                .formatted(pem.group(1), BLANKS.matcher(pem.group(2)).replaceAll(""));
        try {
            PrivateKey key = PemContent.of(lines).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (RuntimeException e) {
            // its text may quote the key
        }
        throw new IllegalArgumentException("has no key that can be read");
    }
}
