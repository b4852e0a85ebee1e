package io.celonamdm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapesTests {
    private static final String SECRET = "s3cr3t-Value/7";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"%s\",\"expires_in\":60}",
                "{ 'refresh_token' : '%s' }",
                "{\"id_token\":\"%s",
                "{\"secretText\":\"%s\"}",
                "{\"x\":\"{\\\"access_token\\\":\\\"%s\\\"}\"}",
                "{\"x\":\"{\\\\\\\"client_secret\\\\\\\":\\\\\\\"%s\\\\\\\"}\"}",
                "{\"access_token\": [\"%s\"]}",
                "access_token=%s&token_type=bearer",
                "grant_type=password&password=%s",
                "%%7B%%22access_token%%22%%3A%%22%s%%22%%7D",
                "client%%5Fsecret%%3D%s%%26scope%%3Dx",
                "<access_token>%s</access_token>",
                "<o:token type=\"x\">\n%s\n</o:token>",
                "&lt;token&gt;%s&lt;/token&gt;",
                "<login password=\"%s\"/>",
                "<dict><key>Password</key><string>%s</string></dict>",
                "{&quot;access_token&quot;:&quot;%s&quot;}",
                "--b\nContent-Disposition: form-data; name=\"client_secret\"\n\n%s\n--b--",
                "GET /report.zip?sv=2019&sig=%s&sp=r",
                "https://acct.blob.core.windows.net/c/f?se=2026&sp=r&sig=%s",
                "SharedAccessSignature %s",
                "X-API-Key: %s",
                "headers {X-API-Key=%s, Accept=application/json}",
                "headers {Authorization=Bearer %s, Accept=application/json}",
                "Authorization: Basic %s\nAccept: */*",
                "http-outgoing-0 >> \"Authorization: Basic %s[\\r][\\n]\"",
                "Set-Cookie: XSRF-TOKEN=%s; Path=/",
                "the header was Bearer %s and no other",
                "https://someone:%s@proxy.example:3128/",
                "https://hooks.example/T0B0/%s",
                "POST /services/T0FJ2AAAA/B0AAAAAA/%s",
                "https://outlook.webhook.office.com/webhookb2/%s"
            })
    void aSecretIsMaskedHoweverItIsWrapped(String wrapping) {
        String text = wrapping.formatted(SECRET);

        assertThat(SecretShapes.masked(text))
                .doesNotContain(SECRET, "s3cr3t", "Value/7")
                .contains(SecretShapes.MASK);
        assertThat(Excerpt.of("\uFEFF" + text, 500)).doesNotContain("s3cr3t", "Value/7");
        String utf16 = new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
        assertThat(Excerpt.of(utf16, 500)).doesNotContain("s3cr3t", "Value/7");
    }

    @Test
    void aValueEndsAtItsOwnQuote() {
        assertThat(SecretShapes.masked("{\"password\":\"with \\\"quotes\\\" and, commas\",\"n\":1}"))
                .isEqualTo("{\"password\":\"******\",\"n\":1}");
    }

    @Test
    void keysAndTokensAreKnownByThemselves() {
        assertThat(SecretShapes.masked("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIB\n-----END EC PRIVATE KEY----- x"))
                .isEqualTo("****** x");
        assertThat(SecretShapes.masked("a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-x b"))
                .isEqualTo("a ****** b");
        assertThat(SecretShapes.masked("-----BEGIN PRIVATE KEY-----\\nMHcCAQEEIB"))
                .isEqualTo("******");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing: connector.syncs.w.mdm.client-secret: missing: the secret of the API client",
                "connector.syncs.w.mdm.client-secret = ${JAMF_SECRET} is not set",
                "connector.syncs.w.mdm.client-secret = ******: the environment variable NOPE is not set",
                "the token is not taken, and the password was wrong",
                "{\"requiresPassword\":false,\"token_type\":\"Bearer\",\"expires_in\":60}",
                "Basic authentication is needed; a Bearer scheme, too",
                "design: a message with the significance = 4",
                "{\"code\":400,\"error\":\"no IMSI for 89105212033100003517\",\"success\":false}"
            })
    void otherTextStaysAsItIs(String text) {
        assertThat(SecretShapes.masked(text)).isEqualTo(text);
    }
}
