package io.celonamdm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever an answer is wrapped in, an excerpt has no secret, not even a part that could be used to guess the rest. */
class ExcerptFuzzTests {
    /** No six characters of a secret in a row. */
    private static final int PART = 6;

    private static final List<String> WRAPPINGS = List.of(
            "{\"access_token\":\"%s\"}",
            "{\n  \"refresh_token\" :\n    \"%s\"\n}",
            "ok {\"token\":\"%s\"",
            "\"{\\\"client_secret\\\":\\\"%s\\\"}\"",
            "client_secret=%s&x=y",
            "access_token%%3D%s%%26x",
            "%%7B%%22id_token%%22%%3A%%22%s%%22",
            "<r><access_token>%s</access_token></r>",
            "<r token='%s'/>",
            "&lt;password&gt;%s&lt;/password&gt;",
            "Authorization: Bearer %s",
            "X-Api-Key: %s",
            "https://x.example/f?a=b&sig=%s",
            "https://hooks.example/services/T0AAAAAAA/B0AAAAAAA/%s");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    @Property
    void hasNoPartOfASecret(
            @ForAll("secrets") String secret,
            @ForAll("wrappings") String wrapping,
            @ForAll("charsets") Charset charset,
            @ForAll @IntRange(max = 300) int before,
            @ForAll @IntRange(min = 20, max = 300) int length) {
        String text = "\uFEFF" + "x ".repeat(before / 2) + wrapping.formatted(secret) + " and more".repeat(20);
        String read = new String(text.getBytes(charset), StandardCharsets.UTF_8);

        assertHasNone(Excerpt.of(read, length), secret);
        assertHasNone(Excerpt.lines(read, length), secret);
    }

    @Property
    void norOfOneThatWasFoldedIntoLines(
            @ForAll long seed, @ForAll @IntRange(min = 60, max = 400) int length, @ForAll("folds") String fold) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String folded = token.replaceAll("(.{64})", "$1" + fold);

        assertHasNone(Excerpt.of("Authorization: Bearer " + folded + "\nAccept: */*", 300), token);
        assertHasNone(Excerpt.of("{\"a\":\"b\"} " + folded, 300), token);
    }

    @Example
    void norOfOneThatHasHardlyAnyDigit() {
        String token = "MtHmEqqJSGR5yqtHHRgAVZMZFsWlWsloALvsOPnGXZKOYxglsEty3fkCLWHmlzZsnnlWENIAUnDGE9Qf";

        assertHasNone(Excerpt.of("{\"a\":\"b\"} " + token, 300), token);
    }

    @Example
    void norOfOneThatHasTheBeginningOfAnotherKindInItsMiddle() {
        String token = "pFi58YkNAheyJSGR5yqtHHRgAVZMZFsWlWsloALvsOPnGXZKOYxglsEty3fkCLWHmlzZsnnlWENIAUnDGE9Qf";

        assertHasNone(Excerpt.of("{\"a\":\"b\"} " + token, 300), token);
    }

    @Example
    void longWordsStay() {
        for (String word : List.of(
                "AbstractAnnotationConfigDispatcherServletInitializerFactoryBean",
                "celona-private-network-esim-connector-warehouse-rotterdam",
                "MobileDeviceCellularPlanInstallationFailedTemporarily",
                "________________________________________________",
                "HTTP_ERROR_PAYLOAD_TOO_LARGE_FOR_THE_GATEWAY_IN_FRONT")) {
            assertThat(Excerpt.of("failed in " + word, 300)).isEqualTo("failed in " + word);
        }
    }

    @Property
    void isOneLineOfVisibleCharactersThatIsNoLongerThanAskedFor(
            @ForAll String text, @ForAll @IntRange(min = 2, max = 100) int length) {
        String excerpt = Excerpt.of(text, length);

        assertThat(excerpt.length()).isLessThanOrEqualTo(length);
        assertThat(excerpt.codePoints())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                .noneMatch(c -> c == 0x2028 || c == 0x2029);
    }

    private static void assertHasNone(String excerpt, String secret) {
        for (int at = 0; at + PART <= secret.length(); at++) {
            assertThat(excerpt).doesNotContain(secret.substring(at, at + PART));
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-', '_', '.', '~', '+', '/', '=')
                .ofMinLength(8)
                .ofMaxLength(200)
                // as a generator of secrets makes them: neither a word nor a number
                .map(random -> "Q7" + random);
    }

    @Provide
    Arbitrary<String> wrappings() {
        return Arbitraries.of(WRAPPINGS);
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(CHARSETS);
    }

    @Provide
    Arbitrary<String> folds() {
        return Arbitraries.of("\n", "\r\n", "\r\n ", "\n\t");
    }
}
