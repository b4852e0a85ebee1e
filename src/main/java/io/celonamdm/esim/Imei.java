package io.celonamdm.esim;

/**
 * The number of a device's radio (3GPP TS 23.003).
 *
 * @param value 15 digits
 */
public record Imei(String value) {

    private static final int LENGTH = 15;

    /** @throws InvalidValue {@link ReasonCode#OTHER} if the value does not have 15 digits */
    public Imei {
        if (!Digits.areDigits(value, LENGTH, LENGTH)) {
            throw new InvalidValue(
                    ReasonCode.OTHER,
                    "IMEI %s is not made of %d digits; leave out software versions (16 digits) and add a missing check digit"
                            .formatted(Digits.quoted(value), LENGTH));
        }
    }

    /**
     * Reads an IMEI as inventories spell it.
     *
     * @param raw 15 digits, with blanks and hyphens anywhere
     * @throws InvalidValue {@link ReasonCode#OTHER} for any other text
     */
    public static Imei of(String raw) {
        return new Imei(Digits.compact(raw));
    }
}
