package io.celonamdm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata from which an editor completes keys; Spring's processor describes no values of maps. */
class MetadataTest {
    private static final Pattern DEFAULT_IN_A_ROUTE = Pattern.compile("\\{\\{(connector\\.[^:}]+):([^}]*)}}");

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        try (InputStream metadata = Objects.requireNonNull(
                MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            for (JsonNode property : new ObjectMapper().readTree(metadata).get("properties")) {
                String name = property.get("name").asText();
                if (name.startsWith("connector.")) {
                    assertThat(property.path("description").asText()).as(name).isNotBlank();
                    defaults.put(name, property.path("defaultValue").asText());
                }
            }
        }
        return defaults;
    }

    @Test
    void aRouteHasTheDefaultOfTheSettings() throws IOException {
        Map<String, String> inRoutes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                DEFAULT_IN_A_ROUTE
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> inRoutes.put(found.group(1), found.group(2)));
            }
        }

        assertThat(defaults()).containsAllEntriesOf(inRoutes);
    }

    @Test
    void everyKeyOutsideOfMapsIsDescribed() throws IOException {
        assertThat(defaults())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.syncs", ""),
                        Map.entry("connector.syncs-folder", "config/syncs"),
                        Map.entry("connector.page.address", ""),
                        Map.entry("connector.reload-every", "10s"),
                        Map.entry("connector.jitter", "0s"),
                        Map.entry("connector.retention.runs", "400d"),
                        Map.entry("connector.retention.journal", "400d"),
                        Map.entry("connector.retention.audit", "1100d"),
                        Map.entry("connector.retention.devices", "90d"),
                        Map.entry("connector.retention.notices", "30d"),
                        Map.entry("connector.work-slice", "60s"),
                        Map.entry("connector.workers", "24"),
                        Map.entry("connector.stall", "15m"),
                        Map.entry("connector.expiry-warning", "14d"),
                        Map.entry("connector.http.connect-timeout", "5s"),
                        Map.entry("connector.http.response-timeout", "60s"),
                        Map.entry("connector.http.max-connections-per-host", "10"),
                        Map.entry("connector.http.requests-per-second", "50"),
                        Map.entry("connector.http.replicas", "1"),
                        Map.entry("connector.http.call-timeout", "5m"),
                        Map.entry("connector.http.download-timeout", "30m"),
                        Map.entry("connector.http.max-answer-size", "16MB"),
                        Map.entry("connector.http.max-download-size", "1GB"),
                        Map.entry("connector.http.proxy", ""),
                        Map.entry("connector.http.no-proxy", ""),
                        Map.entry("connector.http.proxy-user", ""),
                        Map.entry("connector.http.proxy-password", ""),
                        Map.entry("connector.http.ssl-bundle", ""),
                        Map.entry("connector.security.users", ""),
                        Map.entry("connector.security.roles-claim", "roles"),
                        Map.entry("connector.http.hosts", ""),
                        Map.entry("connector.logs.full-numbers", "false"),
                        Map.entry("connector.ledger.folder", "./data"),
                        Map.entry("connector.traces.enabled", "false"),
                        Map.entry("connector.traces.endpoint", "http://127.0.0.1:4318/v1/traces"),
                        Map.entry("connector.traces.headers", ""),
                        Map.entry("connector.notifications", "")));
    }
}
