package io.celonamdm.platform.applebusiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a list of Apple's API goes on, and where it ends. */
class ApplePagesTests {
    private final ApplePages pages = new ApplePages("/v1/orgDevices", 2);

    private void read(String rest) {
        pages.read(Json.parse("{\"data\":[{},{}]" + rest + "}").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"meta\":{\"paging\":{\"nextCursor\":\"c 1\"}}",
                ",\"meta\":{\"paging\":{\"nextCursor\":\"\"}},\"links\":{\"next\":\"https://evil.example/x?cursor=c%201\"}",
                ",\"links\":{\"next\":\"https://api-business.apple.com/v1/orgDevices?a=b&cursor=c%201&cursor=d\"}"
            })
    void theCursorAloneLeadsOn(String rest) {
        read(rest);

        assertThat(pages.isOpen()).isTrue();
        assertThat(pages.getPath()).isEqualTo("/v1/orgDevices");
        assertThat(pages.getQuery()).isEqualTo("limit=2&cursor=c%201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"links\":{\"next\":null}",
                ",\"links\":{\"self\":\"https://api-business.apple.com/v1/orgDevices\"},\"meta\":{\"paging\":{\"total\":2}}",
                ",\"meta\":{\"paging\":{\"nextCursor\":null,\"total\":1}}"
            })
    void withoutACursorItEnds(String rest) {
        read(rest);

        assertThat(pages.isOpen()).isFalse();
    }

    /** Taken for an end, each would lack the devices of all further pages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"links\":{\"next\":{\"href\":\"https://api-business.apple.com/v1/orgDevices?cursor=c\"}}",
                ",\"links\":{\"next\":[\"https://api-business.apple.com/v1/orgDevices?cursor=c\"]}",
                ",\"links\":{\"next\":\"https://api-business.apple.com/v1/orgDevices?page=2\"}",
                ",\"links\":{\"next\":\"ht tp:\"}",
                ",\"links\":{\"next\":true}",
                ",\"meta\":{\"paging\":{\"nextCursor\":{\"value\":\"c\"}}}",
                ",\"meta\":{\"paging\":{\"total\":3}}"
            })
    void anotherPageThatCannotBeAskedForVoidsThePull(String rest) {
        assertThatThrownBy(() -> read(rest)).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void cursorsThatTakeTurnsAreNoList() {
        read(",\"meta\":{\"paging\":{\"nextCursor\":\"a\"}}");
        read(",\"meta\":{\"paging\":{\"nextCursor\":\"b\"}}");

        assertThatThrownBy(() -> read(",\"meta\":{\"paging\":{\"nextCursor\":\"a\"}}"))
                .isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void newCursorsForEverAreNoList() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= ApplePages.MOST; i++) {
                        read(",\"meta\":{\"paging\":{\"nextCursor\":\"%d\"}}".formatted(i));
                    }
                })
                .isInstanceOf(UnreadableAnswer.class);
    }
}
