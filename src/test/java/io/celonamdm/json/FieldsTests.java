package io.celonamdm.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldsTests {
    private static final Fields FIELDS = Fields.of(Json.parse("""
                    {"flag": true, "number": 7, "text": " a ", "nothing": null, "object": {"a": 1},
                     "list": [{"a": "b"}, null, " c ", 2, true]}
                    """).orElseThrow());

    @Test
    void aTextIsATextOrANumber() {
        assertThat(FIELDS.text("text")).contains("a");
        assertThat(FIELDS.text("number")).contains("7");
        assertThat(FIELDS.text("flag")).isEmpty();
        assertThat(FIELDS.texts("list")).containsExactly("c", "2");
        assertThat(FIELDS.list("text")).isEmpty();
    }

    @Test
    void anyTextIsWhateverIsThere() {
        assertThat(FIELDS.anyText("text")).isEqualTo("a");
        assertThat(FIELDS.anyText("flag")).isEqualTo("true");
        assertThat(FIELDS.anyText("object")).isEqualTo("{a=1}");
        assertThat(FIELDS.anyText("nothing")).isEmpty();
        assertThat(FIELDS.anyText("missing")).isEmpty();
    }

    @Test
    void aRequiredListIsAListOrMissing() {
        assertThat(FIELDS.requiredList("list")).containsExactly(Fields.of(Map.of("a", "b")));
        assertThat(FIELDS.requiredTexts("list")).containsExactly("{a=b}", "c", "2", "true");
        assertThat(FIELDS.requiredList("missing")).isEmpty();
        assertThat(FIELDS.requiredList("nothing")).isEmpty();
        for (String name : List.of("flag", "number", "text", "object")) {
            assertThatExceptionOfType(UnreadableAnswer.class)
                    .isThrownBy(() -> FIELDS.requiredList(name))
                    .withMessageContaining("a list called " + name);
        }
    }
}
