package io.celonamdm.platform.intune.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.json.UnreadableAnswer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a link to the next page may lead. */
class GraphPagesTests {
    private final GraphPages pages = new GraphPages(
            URI.create("https://graph.microsoft.com"), "/v1.0/deviceManagement/managedDevices", "$select=id");

    private void read(String link) {
        pages.read(Map.of("value", List.of(Map.of("id", "1")), "@odata.nextLink", link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com/v1.0/deviceManagement/managedDevices?$skiptoken=%2B2",
                "https://graph.microsoft.com:443/v1.0/deviceManagement/managedDevices?$skiptoken=%2B2",
                "https://Graph.Microsoft.com/v1.0/deviceManagement/managedDevices?$skiptoken=%2B2",
                "http://graph.microsoft.com/v1.0/deviceManagement/managedDevices?$skiptoken=%2B2",
                "/v1.0/deviceManagement/managedDevices?$skiptoken=%2B2",
                "managedDevices?$skiptoken=%2B2"
            })
    void anySpellingOfTheSameHostIsFollowed(String link) {
        read(link);

        assertThat(pages.isOpen()).isTrue();
        assertThat(pages.getPath()).isEqualTo("/v1.0/deviceManagement/managedDevices");
        assertThat(pages.getQuery()).isEqualTo("$skiptoken=%2B2");
    }

    @ParameterizedTest
    @CsvSource({
        "https://proxy.example.com/v1.0/devices?page=2",
        "https://graph.microsoft.com.example.com/v1.0/devices?page=2",
        "https://graph.microsoft.com@example.com/v1.0/devices?page=2",
        "https://user@graph.microsoft.com/v1.0/devices?page=2",
        "https://graph.microsoft.com:8443/v1.0/devices?page=2",
        "//example.com/v1.0/devices?page=2",
        "mailto:graph.microsoft.com",
        "https://graph.microsoft.com/v1.0/devices?page=2 or 3",
        "https://"
    })
    void theTokenGoesToNoOtherHost(String link) {
        assertThatThrownBy(() -> read(link)).isInstanceOf(UnreadableAnswer.class);
    }
}
