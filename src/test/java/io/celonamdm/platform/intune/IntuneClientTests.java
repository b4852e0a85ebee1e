package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class IntuneClientTests {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder = Path.of("");

    @AutoClose
    private final Tenant tenant = new Tenant(PhoneFleet.of(3, 1));

    @Test
    void aSecretWithEverySpecialCharacter() throws Exception {
        String secret = "p+a&s/s%wo=rd? \"ü€\\#;'";
        tenant.intune().settings().client("id:with space&", secret);
        tenant.set("mdm.client-id", "id:with space&").set("mdm.client-secret", secret);

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.intune().log().of("POST", "/token").get(0).request().form("scope"))
                .hasValue(tenant.intune().url() + "/.default");
    }

    @Test
    void aSecretThatIsWrong() {
        tenant.set("mdm.client-secret", "wrong");

        assertThatThrownBy(tenant::pull).isInstanceOfSatisfying(HttpOperationFailedException.class, failure -> {
            assertThat(failure.getStatusCode()).isEqualTo(401);
            assertThat(failure.getResponseBody()).contains("AADSTS7000215").doesNotContain("wrong");
        });
        assertThat(tenant.intune().log().count("POST", "/token")).isEqualTo(1);
    }

    @Test
    void aCertificateInAKeyStore() throws Exception {
        Path store = keyStore();
        tenant.intune().settings().certificate(certificate(store));
        tenant.set("mdm.client-secret", "")
                .set("mdm.intune.certificate-file", store.toString())
                .set("mdm.intune.certificate-password", PASSWORD);

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void aCertificateAsPem() throws Exception {
        Path store = keyStore();
        Path pem = folder.resolve("client.pem");
        Files.writeString(
                pem,
                pem("CERTIFICATE", certificate(store).getEncoded())
                        + pem(
                                "PRIVATE KEY",
                                open(store)
                                        .getKey("client", PASSWORD.toCharArray())
                                        .getEncoded()));
        tenant.intune().settings().certificate(certificate(store));
        tenant.set("mdm.client-secret", "").set("mdm.intune.certificate-file", pem.toString());

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void aCertificateThatCannotBeRead() {
        tenant.set("mdm.client-secret", "")
                .set("mdm.intune.certificate-file", folder.resolve("none.pem").toString());

        assertThatThrownBy(tenant::pull)
                .hasStackTraceContaining("connector.syncs.warehouse.mdm.intune.certificate-file");
    }

    @Test
    void aFederatedTokenIsReadAnewEachTime() throws Exception {
        Path token = folder.resolve("token");
        tenant.set("mdm.client-secret", "").set("mdm.intune.token-file", token.toString());
        for (String text : List.of("first.token", "second.token")) {
            Files.writeString(token, text + "\n");
            tenant.intune().settings().federatedToken(text);
            tenant.intune().expireTokens();

            tenant.pull();
        }

        assertThat(tenant.completed()).isEqualTo(2);
    }

    private Path keyStore() throws IOException, InterruptedException {
        Path store = folder.resolve("client.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int ended = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=connector",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        assertThat(ended).isZero();
        return store;
    }

    private static X509Certificate certificate(Path store) throws IOException, GeneralSecurityException {
        return (X509Certificate) open(store).getCertificate("client");
    }

    private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
