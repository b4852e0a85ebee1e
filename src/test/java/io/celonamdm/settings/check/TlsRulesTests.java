package io.celonamdm.settings.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

@Slow
class TlsRulesTests {
    private static final String PASSWORD = "the-right-one";
    private static final String PEM = "spring.ssl.bundle.pem.web.keystore.";
    private static final String JKS = "spring.ssl.bundle.jks.web.keystore.";

    @TempDir
    static Path folder = Path.of("");

    private final MockEnvironment environment = new MockEnvironment().withProperty("server.ssl.bundle", "web");
    private final List<Problem> doubts = new ArrayList<>();

    @BeforeAll
    static void files() throws IOException, InterruptedException, GeneralSecurityException {
        for (String name : List.of("one", "other")) {
            Path store = folder.resolve(name + ".p12");
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            List<String> command =
                    List.of(keytool, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
            List<String> into = List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD);
            Process process = new ProcessBuilder(
                            Stream.concat(command.stream(), into.stream()).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            assertThat(process.waitFor()).isZero();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream content = Files.newInputStream(store)) {
                keys.load(content, PASSWORD.toCharArray());
            }
            write(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
            write(
                    name + ".key",
                    "PRIVATE KEY",
                    keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        }
        write("sealed.key", "ENCRYPTED PRIVATE KEY", new byte[99]);
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("folder"));
    }

    private static void write(String name, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN %s-----%n%s%n-----END %1$s-----%n".formatted(type, text),
                StandardCharsets.US_ASCII);
    }

    private static String file(String name) {
        return "file:" + folder.resolve(name);
    }

    private String problem() {
        List<Problem> problems = ServerRules.problems(environment, doubts::add);
        assertThat(problems).hasSize(1);
        return problems.get(0).toString().replace(folder.toString(), "");
    }

    @Test
    void aPairThatBelongsTogetherIsTaken() {
        environment.setProperty(PEM + "certificate", file("one.pem"));
        environment.setProperty(PEM + "private-key", file("one.key"));

        assertThat(ServerRules.problems(environment, doubts::add)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one.pem | other.key | private-key = file:/other.key: file:/other.key does not belong to the certificate",
                "one.pem | empty | private-key = file:/empty: file:/empty has no private key in PEM",
                "one.pem | none | private-key = file:/none: file:/none cannot be read: No such file or directory",
                "one.pem | one.pem | private-key = file:/one.pem: file:/one.pem has no private key in PEM",
                "one.pem | sealed.key | private-key = file:/sealed.key: file:/sealed.key is encrypted, and",
                "empty | one.key | certificate = file:/empty: has no certificate in PEM",
                "none | one.key | certificate = file:/none: cannot be read: No such file or directory",
                "folder | one.key | certificate = file:/folder: has no certificate in PEM",
                "one.key | one.key | certificate = file:/one.key: has no certificate in PEM"
            })
    void aPairThatNoServerCanUseIsNamed(String certificate, String key, String problem) {
        environment.setProperty(PEM + "certificate", file(certificate));
        environment.setProperty(PEM + "private-key", file(key));

        assertThat(problem()).startsWith(PEM + problem);
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        environment.setProperty(PEM + "certificate", file("one.pem"));
        environment.setProperty(PEM + "private-key", file("sealed.key"));
        environment.setProperty(PEM + "private-key-password", "hush");

        assertThat(problem())
                .contains("cannot be decrypted with " + PEM + "private-key-password")
                .doesNotContain("hush");
    }

    @Test
    void aServerNeedsAPrivateKey() {
        environment.setProperty(PEM + "certificate", file("one.pem"));

        assertThat(problem()).startsWith(PEM + "private-key: missing");
    }

    @Test
    void aTextInPlaceOfAFileIsNotShown() throws IOException {
        environment.setProperty(PEM + "certificate", Files.readString(folder.resolve("one.pem")));
        environment.setProperty(PEM + "private-key", Files.readString(folder.resolve("other.key")));

        assertThat(problem())
                .startsWith(PEM + "private-key = ******: does not belong to the certificate")
                .doesNotContain("BEGIN");
    }

    @Test
    void theServersOwnSettingsAreCheckedAsWell() {
        MockEnvironment own = new MockEnvironment();
        own.setProperty("management.server.ssl.certificate", file("one.pem"));
        own.setProperty("management.server.ssl.certificate-private-key", file("other.key"));
        own.setProperty("server.ssl.key-store", file("none"));

        assertThat(ServerRules.problems(own, doubts::add))
                .extracting(Problem::key)
                .containsExactly("management.server.ssl.certificate-private-key", "server.ssl.key-store");

        own.setProperty("server.ssl.enabled", "false");
        own.setProperty("management.server.ssl.enabled", "false");
        assertThat(ServerRules.problems(own, doubts::add)).isEmpty();
    }

    @Test
    void aKeyStoreIsOpened() {
        environment.setProperty(JKS + "location", file("one.p12"));
        assertThat(problem()).startsWith(JKS + "password: missing: the keys of " + JKS + "location");

        environment.setProperty(JKS + "password", "hush");
        assertThat(problem())
                .contains("cannot be opened with " + JKS + "password")
                .doesNotContain("hush");

        environment.setProperty(JKS + "password", PASSWORD);
        assertThat(ServerRules.problems(environment, doubts::add)).isEmpty();

        environment.setProperty("spring.ssl.bundle.jks.web.key.alias", "other");
        assertThat(problem()).startsWith("spring.ssl.bundle.jks.web.key.alias = other: ");
    }

    @Test
    void aBundleThatNothingUsesIsToldAndStopsNobody() {
        environment.setProperty("spring.ssl.bundle.jks.web.protocol", "TLS");
        environment.setProperty("spring.ssl.bundle.pem.next.keystore.certificate", file("none"));

        assertThat(ServerRules.problems(environment, doubts::add)).isEmpty();
        assertThat(doubts)
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("spring.ssl.bundle.pem.next.keystore.certificate");

        environment.setProperty("connector.http.hosts.[api.example].ssl-bundle", "next");
        assertThat(problem()).startsWith("spring.ssl.bundle.pem.next.keystore.certificate");
    }

    @Test
    void aBundleOfASingleHostExists() {
        environment.setProperty("spring.ssl.bundle.jks.web.protocol", "TLS");
        environment.setProperty("connector.http.hosts.[api.example].ssl-bundle", "next");

        assertThat(problem()).contains("ssl-bundle = next: there is no bundle of that name; must be one of web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.ssl.ciphers | NOPE | this JVM knows none of these",
                "server.ssl.ciphers[0] | NOPE | this JVM knows none of these",
                "server.ssl.enabled-protocols | TLSv9 | must be of the protocols that this JVM knows: ",
                "server.ssl.enabled-protocols | TLSv1.2,TLSv9 | must be of the protocols that this JVM knows: ",
                "server.ssl.protocol | NOPE | this JVM knows no such protocol",
                "spring.ssl.bundle.jks.web.options.ciphers | NOPE | this JVM knows none of these",
                "spring.ssl.bundle.jks.web.options.enabled-protocols | TLSv9 | must be of the protocols that this JVM knows: ",
                "spring.ssl.bundle.jks.web.protocol | NOPE | this JVM knows no such protocol"
            })
    void protocolsAndCiphersThatTheJvmDoesNotKnowAreNamed(String key, String value, String problem) {
        environment.setProperty("spring.ssl.bundle.jks.web.key.alias", "");
        environment.setProperty(key, value);

        assertThat(problem()).startsWith(key + " = " + value + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.ssl.ciphers | TLS_AES_256_GCM_SHA384,NOPE",
                "server.ssl.ciphers | HIGH:!aNULL",
                "server.ssl.ciphers | ECDHE-RSA-AES256-GCM-SHA384",
                "server.ssl.enabled-protocols | TLSv1.3, TLSv1.2",
                "server.ssl.protocol | TLS"
            })
    void protocolsAndCiphersThatTheJvmKnowsAreTaken(String key, String value) {
        MockEnvironment own = new MockEnvironment().withProperty(key, value);

        assertThat(ServerRules.problems(own, doubts::add)).isEmpty();
        assertThat(doubts).isEmpty();
    }
}
