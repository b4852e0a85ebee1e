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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
                "{\"type\": \"FeatureCollection\"}     | has no features; leave the setting out for a profile without geofences",
                "{\"type\": \"FeatureCollection\", \"features\": []}   | has no features; leave the setting out for a profile without geofences",
                "{\"type\": \"FeatureCollection\", \"features\": {}}   | has no features; leave the setting out for a profile without geofences",
                "{\"type\": \"FeatureCollection\", \"features\": [null]} | feature 1 is not a Point; a geofence is a point with a radius",
                "{\"type\": \"FeatureCollection\", \"features\": [{\"geometry\": null}]} | feature 1 is not a Point; a geofence is a point with a radius",
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

    @ParameterizedTest
    @CsvSource({
        "0, 0, 99.999, radius must be from 100 to 6500",
        "0, 0, 100,",
        "0, 0, 6500.0,",
        "0, 0, 6500.001, radius must be from 100 to 6500",
        "-121.9763, 37.3894, 400, latitude must be from -90 to 90",
        "90, 180, 400,",
        "0, -180.1, 400, longitude must be from -180 to 180",
        "1e400000000, 0, 400, latitude must be from -90 to 90",
        "1e-400000000, 0, 400, latitude must have at most 30 digits",
        "0, 0, 400.0000000000000000000000000000001, radius must have at most 30 digits"
    })
    void whatAppleTakes(String latitude, String longitude, String radius, @Nullable String problem) {
        assertThat(fence("plant", latitude, longitude, radius).problem()).isEqualTo(Optional.ofNullable(problem));
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
