package io.celonamdm.settings.mdm;

import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GeoJSON file (RFC 7946) of points, each with the properties {@code id} and {@code radius} in metres. */
final class GeofencesFile {
    private static final long LARGEST = 10_000_000;

    private GeofencesFile() {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is not made of such points; the message says where
     * @throws UncheckedIOException if it cannot be read
     */
    static List<Geofence> read(String file) {
        Fields collection = Json.parse(text(Path.of(file)))
                .map(Fields::of)
                .filter(root -> root.textOrEmpty("type").equals("FeatureCollection"))
                .orElseThrow(() -> new IllegalArgumentException("is not a GeoJSON FeatureCollection"));
        if (!(collection.map().get("features") instanceof List<?> features) || features.isEmpty()) {
            // a profile without geofences is for everywhere, which nobody who names a file wants
            throw new IllegalArgumentException(
                    "has no features; leave the setting out for a profile without geofences");
        }
        List<Geofence> geofences = new ArrayList<>();
        for (Object feature : features) {
            geofences.add(geofence(Fields.of(feature), geofences.size() + 1));
        }
        return geofences;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException("has more than " + LARGEST / 1_000_000 + " MB");
            }
            return new String(Json.utf8(Files.readAllBytes(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GeoJSON has the longitude first; a third coordinate is the altitude. */
    private static Geofence geofence(Fields feature, int number) {
        Fields geometry = feature.object("geometry");
        Fields properties = feature.object("properties");
        if (!geometry.textOrEmpty("type").equals("Point")
                || !(geometry.map().get("coordinates") instanceof List<?> coordinates)
                || coordinates.size() < 2) {
            throw new IllegalArgumentException(
                    "feature %d is not a Point; a geofence is a point with a radius".formatted(number));
        }
        String id = properties.text("id").or(() -> feature.text("id")).orElse("");
        return new Geofence(
                id,
                number(coordinates.get(1), number, "latitude"),
                number(coordinates.get(0), number, "longitude"),
                number(properties.map().get("radius"), number, "radius"));
    }

    private static BigDecimal number(@Nullable Object value, int feature, String what) {
        try {
            return new BigDecimal(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("feature %d has no %s that is a number".formatted(feature, what), e);
        }
    }
}
