package io.celonamdm.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many eSIMs the customer has: {@code pool: 500}, or what that number is made of. By Celona's article "eSIM Lifecycle
 * Management", 20 eSIMs come with each indoor subscription and 40 with each outdoor one, and more can be bought. From it, the
 * plan forecasts how many eSIMs are left. Nothing is ever held back because of it; 0 forecasts nothing.
 *
 * @param indoor the number of indoor access point subscriptions
 * @param outdoor the number of outdoor access point subscriptions
 * @param extra the number of eSIMs that were bought beside
 */
public record PoolSettings(
        @DefaultValue("0") @Min(0) @Max(MOST) int indoor,
        @DefaultValue("0") @Min(0) @Max(MOST) int outdoor,
        @DefaultValue("0") @Min(0) @Max(MOST) int extra) {
    private static final int MOST = 1_000_000;
    private static final int PER_INDOOR = 20;
    private static final int PER_OUTDOOR = 40;

    /**
     * A pool of so many eSIMs, as Spring reads a number in a variable or an argument.
     *
     * @throws IllegalArgumentException if it is not allowed
     */
    public static PoolSettings of(String number) {
        return of(Integer.valueOf(number.strip()));
    }

    /**
     * A pool of so many eSIMs, as Spring reads a number in YAML.
     *
     * @throws IllegalArgumentException if it is not allowed
     */
    public static PoolSettings of(Integer number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(number + " is not between 0 and " + MOST);
        }
        return new PoolSettings(0, 0, number);
    }

    /** All eSIMs of the customer; 0 if that is not said. */
    public int esims() {
        return indoor * PER_INDOOR + outdoor * PER_OUTDOOR + extra;
    }
}
