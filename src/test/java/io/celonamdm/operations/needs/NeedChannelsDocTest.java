package io.celonamdm.operations.needs;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.operations.needs.Need.Kind;
import io.celonamdm.settings.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of needs, notices and alerts in docs/bad-nights.md. */
class NeedChannelsDocTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z_]+)` \\| (yes|no) \\| (.*) \\| (.*) \\|$", Pattern.MULTILINE);

    private record Row(boolean degrades, String notice, String alert) {}

    @Test
    void whatDeservesAPersonHasANoticeAndAnAlert() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        Matcher rowsOfThePage = ROW.matcher(Files.readString(Path.of("docs", "bad-nights.md")));
        while (rowsOfThePage.find()) {
            rows.put(
                    rowsOfThePage.group(1),
                    new Row(rowsOfThePage.group(2).equals("yes"), rowsOfThePage.group(3), rowsOfThePage.group(4)));
        }
        String alerts = Files.readString(Path.of("monitoring", "alerts.yaml"));

        assertThat(rows.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Kind.values()).map(Kind::name).toList());
        rows.forEach((name, row) -> {
            Kind kind = Kind.valueOf(name);
            assertThat(row.degrades()).as("%s", kind).isEqualTo(kind.degrades());
            assertThat(row.alert().equals("`ConnectorBadNight`")).as("%s", kind).isEqualTo(kind.isBadNight());
            assertThat(row.notice().replace("`", "").split(" or "))
                    .as("%s", kind)
                    .isSubsetOf(
                            Arrays.stream(Occasion.values()).map(Occasion::name).toList());
            if (row.alert().equals("–")) {
                assertThat(kind.degrades()).as("%s needs an alert", kind).isFalse();
            } else {
                assertThat(alerts).contains("- alert: " + row.alert().replace("`", "") + "\n");
            }
        });
    }
}
