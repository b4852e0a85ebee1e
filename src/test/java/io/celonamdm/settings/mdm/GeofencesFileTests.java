package io.celonamdm.settings.mdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeofencesFileTests {
    private static final String POINTS = """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [7.58, 47.55, 260]},
               "properties": {"id": "basel", "radius": 400.5, "note": "gate"}},
              {"type": "Feature", "id": "olten", "geometry": {"type": "Point", "coordinates": [7.9, 47.35]},
               "properties": {"radius": "100"}}]}
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void pointsAreReadLongitudeFirst() throws IOException {
        assertThat(read(POINTS.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(fence("basel", "47.55", "7.58", "400.5"), fence("olten", "47.35", "7.9", "100"));
    }

    @Test
    void theEncodingIsFoundOut() throws IOException {
        assertThat(read(("\uFEFF" + POINTS).getBytes(StandardCharsets.UTF_16LE)))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON                             | is not a GeoJSON FeatureCollection",
                "[]                                   | is not a GeoJSON FeatureCollection",
                "{\"type\": \"Point\"}                  | is not a GeoJSON FeatureCollection",
            })
    void anotherFileIsNamed(String text, String problem) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8))).hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Point\"          | \"Polygon\"     | feature 1 is not a Point; a geofence is a point with a radius",
                "[7.58, 47.55, 260] | [7.58]          | feature 1 is not a Point; a geofence is a point with a radius",
                "[7.58, 47.55, 260] | [7.58, null]    | feature 1 has no latitude that is a number",
                "400.5              | \"wide\"        | feature 1 has no radius that is a number",
            })
    void whatIsNotAGeofenceIsNamed(String good, String bad, String problem) {
        String text = POINTS.replaceFirst(Pattern.quote(good), bad);

        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8))).hasMessage(problem);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> GeofencesFile.read(folder.resolve("none.json").toString()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.json");
    }

    private List<Geofence> read(byte[] content) throws IOException {
        return GeofencesFile.read(
                Files.write(folder.resolve("sites.geojson"), content).toString());
    }

    private static Geofence fence(String id, String latitude, String longitude, String radius) {
        return new Geofence(id, new BigDecimal(latitude), new BigDecimal(longitude), new BigDecimal(radius));
    }
}
