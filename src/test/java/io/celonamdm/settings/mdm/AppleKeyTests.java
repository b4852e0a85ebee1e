package io.celonamdm.settings.mdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.simulator.apple.ApiAccount;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppleKeyTests {
    private final ApiAccount account = new ApiAccount();

    @TempDir
    Path folder = Path.of("");

    private static AppleBusinessSettings settings(String file, String text) {
        return new AppleBusinessSettings(
                "id",
                "",
                "key",
                file,
                text,
                "",
                List.of("iPhone"),
                1000,
                URI.create("https://a.example"),
                URI.create("https://a.example"),
                "aud",
                "business.api");
    }

    private static ECPrivateKey read(String text) throws Exception {
        return AppleKey.of(settings("", text));
    }

    /** The key in the format of SEC 1: version, number, curve. */
    private static String sec1(ECPrivateKey key) {
        String number = String.format(Locale.ROOT, "%064x", key.getS());
        byte[] der = HexFormat.of().parseHex("30310201010420" + number + "a00a06082a8648ce3d030107");
        return "-----BEGIN EC PRIVATE KEY-----\n%s\n-----END EC PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(der));
    }

    @Test
    void aKeyIsReadAsItWasDownloaded() throws Exception {
        ECPrivateKey key = read(account.pem());

        assertThat(key.getS()).isPositive();
        assertThat(read(account.pem("EC PRIVATE KEY")))
                .as("PKCS #8 under the other label")
                .isEqualTo(key);
        assertThat(read(account.pem().replace("\n", "\\n"))).as("in a variable").isEqualTo(key);
        assertThat(read("a comment\r\n" + account.pem().replace("\n", "\r\n"))).isEqualTo(key);
        assertThat(read(sec1(key)).getS()).as("as OpenSSL writes it").isEqualTo(key.getS());
        assertThat(read("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + sec1(key))
                        .getS())
                .as("with its curve before it")
                .isEqualTo(key.getS());
        assertThat(read("  " + account.pem().replace("\n", " ")))
                .as("in one line")
                .isEqualTo(key);
        assertThat(read(sec1(key).replace("\r", "").replace("\n", " ")).getS())
                .as("in one line")
                .isEqualTo(key.getS());
        Path file = Files.writeString(folder.resolve("key.pem"), account.pem());
        assertThat(AppleKey.of(settings(file.toString(), ""))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BUSINESSAPI",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nbm8ga2V5\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nbm8ga2V5\n-----END PUBLIC KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nbm8ga2V5\n-----END ENCRYPTED PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("has ")
                .doesNotContain("bm8ga2V5");
    }

    @Test
    void anEncryptedKeyOfOpenSslIsCalledSo() {
        assertThatThrownBy(
                        () -> read(
                                "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nbm8ga2V5\n-----END EC PRIVATE KEY-----"))
                .hasMessage("has an encrypted key; Apple's are not encrypted");
    }

    @ParameterizedTest
    @CsvSource({"EC,secp384r1", "RSA,"})
    void aKeyOfAnotherKindIsRefused(String algorithm, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        String body = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());

        assertThatThrownBy(() -> read("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----"))
                .hasMessage("has a key that is not on the curve P-256");
    }

    @Test
    void aFileThatIsNoneIsNamedSo() throws Exception {
        assertThatThrownBy(() -> AppleKey.of(settings(folder.toString(), ""))).hasMessage("is no file");
        assertThatThrownBy(() -> AppleKey.of(settings(folder.resolve("none").toString(), "")))
                .isInstanceOfAny(IllegalArgumentException.class, NoSuchFileException.class);
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(70_000));
        assertThatThrownBy(() -> AppleKey.of(settings(large.toString(), ""))).hasMessageContaining("too long");
    }

    @Test
    void noTextShowsTheKey() {
        assertThat(settings("", account.pem())).asString().doesNotContain("BEGIN");
    }
}
