package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

/** A few lines of YAML that stand for millions, or for themselves. */
class YamlAliasesTests {
    private static byte[] bytes(String yaml) {
        return yaml.getBytes(StandardCharsets.UTF_8);
    }

    private static String bomb(String first, String open, String close) {
        StringBuilder yaml = new StringBuilder("a0: &a0 " + first + "\n");
        for (int line = 1; line < 10; line++) {
            String aliases = String.join(",", Collections.nCopies(10, "*a" + (line - 1)));
            yaml.append("a%1$d: &a%1$d %2$s%3$s%4$s\n".formatted(line, open, aliases, close));
        }
        return yaml.toString();
    }

    @Test
    void aBombIsRefusedAtOnce() {
        assertThatThrownBy(() -> YamlAliases.check(bytes(bomb("[x,x,x]", "[", "]"))))
                .isInstanceOf(YamlAliases.Refused.class)
                .hasMessageContaining("cannot be read: line ")
                .hasMessageContaining("its aliases stand for more than 1,000,000 values");
    }

    @Test
    void aBombOfMappingsAsWell() {
        StringBuilder yaml = new StringBuilder("a0: &a0 { k: v }\n");
        for (int line = 1; line < 22; line++) {
            yaml.append("a%1$d: &a%1$d { p: *a%2$d, q: *a%2$d }\n".formatted(line, line - 1));
        }

        assertThatThrownBy(() -> YamlAliases.check(bytes(yaml.toString()))).isInstanceOf(YamlAliases.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: &x [*x]", "shop: &x { schedule: *x }", "a: &a { b: &b { c: *a } }"})
    void whatContainsItselfIsRefused(String yaml) {
        assertThatThrownBy(() -> YamlAliases.check(bytes(yaml)))
                .isInstanceOf(YamlAliases.Refused.class)
                .hasMessage("cannot be read: line 1: an anchor contains an alias of itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a { k: 1 }\nb: { <<: *a, l: 2 }\nc: { <<: *a }",
                "schedule: \"0 30 4 * * ?\"",
                "---\na: &a 1\n---\nb: &b [1]\nc: *b",
                ""
            })
    void usualAliasesAreNot(String yaml) {
        assertThatCode(() -> YamlAliases.check(bytes(yaml))).doesNotThrowAnyException();
    }

    @Test
    void manySyncsMayShareOneMapping() {
        StringBuilder yaml = new StringBuilder("usual: &usual { schedule: x, celona: { customer-id: '1' } }\n");
        for (int sync = 0; sync < 2000; sync++) {
            yaml.append("sync-%d: { <<: *usual, paused: true }\n".formatted(sync));
        }

        assertThatCode(() -> YamlAliases.check(bytes(yaml.toString()))).doesNotThrowAnyException();
    }

    @Test
    void aFileOfSettingsWithOneHasAProblemAndNoSettings() throws IOException {
        ByteArrayResource file = new ByteArrayResource(bytes(bomb("[x]", "[", "]"))) {
            @Override
            public String getFilename() {
                return "application.yaml";
            }
        };

        assertThat(new ReadableFiles().load("settings", file))
                .singleElement()
                .isInstanceOfSatisfying(
                        ReadableFiles.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.problem().toString()).contains("its aliases stand for"));
    }
}
