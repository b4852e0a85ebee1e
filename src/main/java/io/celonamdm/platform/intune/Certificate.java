package io.celonamdm.platform.intune;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.mdm.IntuneSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate, with its private key, in place of a client secret.
 *
 * @param certificate the certificate of the app registration
 * @param key its RSA key
 */
record Certificate(X509Certificate certificate, PrivateKey key) {
    private static final Duration LIFE = Duration.ofMinutes(5);

    /**
     * Reads the file of the settings: PKCS #12 by its ending {@code .p12} or {@code .pfx}, otherwise PEM.
     *
     * @throws IllegalStateException if it is unreadable or lacks one of the two; the message names the setting
     */
    static Certificate read(String sync, IntuneSettings settings) {
        Path file = Path.of(settings.certificateFile());
        String password = settings.certificatePassword();
        try {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".p12") || name.endsWith(".pfx") ? pkcs12(file, password) : pem(file, password);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException(
                    "connector.syncs.%s.mdm.intune.certificate-file %s: no certificate with its private key can be read from it: %s"
                            .formatted(sync, file, FileTrouble.text(e)),
                    e);
        }
    }

    /** A signed client assertion, valid for some minutes (Entra, "Certificate credentials"). */
    String assertion(String clientId, String audience, Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .type(JOSEObjectType.JWT)
                .x509CertSHA256Thumbprint(thumbprint())
                .build();
        Map<String, Object> claims = Map.of(
                "aud",
                audience,
                "iss",
                clientId,
                "sub",
                clientId,
                "jti",
                UUID.randomUUID().toString(),
                "nbf",
                now.minusSeconds(60).getEpochSecond(),
                "exp",
                now.plus(LIFE).getEpochSecond());
        JWSObject statement = new JWSObject(header, new Payload(claims));
        try {
            statement.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the certificate's private key cannot sign: " + e.getMessage(), e);
        }
        return statement.serialize();
    }

    private Base64URL thumbprint() {
        return Objects.requireNonNull(X509CertUtils.computeSHA256Thumbprint(certificate));
    }

    private static Certificate pem(Path file, String password) throws IOException {
        PemContent content = PemContent.load(file);
        PrivateKey key = password.isEmpty() ? content.getPrivateKey() : content.getPrivateKey(password);
        return new Certificate(
                content.getCertificates().get(0), Objects.requireNonNull(key, "the file has no private key"));
    }

    private static Certificate pkcs12(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, password.toCharArray());
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey key
                    && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return new Certificate(certificate, key);
            }
        }
        throw new IOException("the file has no private key");
    }
}
