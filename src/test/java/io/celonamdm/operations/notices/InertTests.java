package io.celonamdm.operations.notices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InertTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel> <!here|x> <@U012AB3CD> <#C012> <https://evil.example|click>",
                "[click](https://evil.example) ![x](http://evil.example/p.png)",
                "*bold* _italic_ ~gone~ `code` ```block```",
                "**bold** __bold__ # title",
                "<a href='https://evil.example'>x</a><at>all</at>",
                "@channel @everyone @here",
                "mailto:x@evil.example javascript:alert(1) SLACK://open"
            })
    void nothingIsLeftThatAChatWouldObey(String text) {
        assertThat(Inert.of(text))
                .doesNotContain("<", ">", "](", "*", "`", "~", "://", "@", "mailto:", "javascript:")
                .doesNotContainPattern("(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");
    }

    @Test
    void plainTextAndCodesStayAsTheyAre() {
        String text = "NOT_PROVISIONED: 3 devices (since 02:00), see /actuator/deadletters/warehouse?code=NOT_SENT";

        assertThat(Inert.of(text)).isEqualTo(text);
    }
}
