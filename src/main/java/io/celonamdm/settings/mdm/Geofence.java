package io.celonamdm.settings.mdm;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A circle in which an iPhone looks for the private network.
 *
 * @param id what tells it from the others of the profile
 * @param latitude degrees north, from -90 to 90
 * @param longitude degrees east, from -180 to 180
 * @param radius metres, from 100 to 6500; slightly more than the network covers
 */
public record Geofence(
        @NotBlank(message = "missing: tells a geofence from the others")
        String id,

        @NotNull(message = "missing: degrees north, such as 37.3894")
        BigDecimal latitude,

        @NotNull(message = "missing: degrees east, such as -121.9763")
        BigDecimal longitude,

        @NotNull(message = "missing: metres, such as 400") BigDecimal radius) {

    /** More than a floating-point number has, as a program may write it. */
    private static final int MOST_DECIMALS = 30;

    /** What Apple's schema does not take, such as {@code latitude must be from -90 to 90}. */
    public Optional<String> problem() {
        if (id.isBlank()) {
            return Optional.of("id must not be empty");
        }
        return Stream.of(
                        outside("latitude", latitude, -90, 90),
                        outside("longitude", longitude, -180, 180),
                        outside("radius", radius, 100, 6500))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> outside(String what, BigDecimal value, int least, int most) {
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            return Optional.of("%s must be from %d to %d".formatted(what, least, most));
        }
        // 1e-999999999 is within any range, and a gigabyte of zeros in a profile
        return value.scale() > MOST_DECIMALS || value.precision() > MOST_DECIMALS
                ? Optional.of("%s must have at most %d digits".formatted(what, MOST_DECIMALS))
                : Optional.empty();
    }
}
