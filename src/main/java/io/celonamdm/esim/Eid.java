package io.celonamdm.esim;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The number of a device's eSIM chip (GSMA SGP.29). It need not start with 89.
 *
 * @param value 32 digits
 */
public record Eid(String value) {

    private static final int LENGTH = 32;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d+([.,]\\d*)?[eE][+-]?\\d+");

    /**
     * @throws InvalidValue {@link ReasonCode#EID_FORMAT} if the value is not made of 32 digits
     */
    public Eid {
        if (!Digits.areDigits(value, LENGTH, LENGTH)) {
            throw new InvalidValue(
                    ReasonCode.EID_FORMAT,
                    "EID %s is not made of %d digits; read it again from the device or its MDM record"
                            .formatted(Digits.quoted(value), LENGTH));
        }
    }

    /**
     * Reads an EID as inventories spell it.
     *
     * @param raw 32 digits, with blanks and hyphens anywhere
     * @throws InvalidValue {@link ReasonCode#EID_SCIENTIFIC} for a number that a spreadsheet has rounded, such as
     *     {@code 8.90490321234512E+31}, and {@link ReasonCode#EID_FORMAT} for any other text
     */
    public static Eid of(String raw) {
        if (Digits.areDigits(raw, LENGTH, LENGTH)) {
            return new Eid(raw);
        }
        if (SCIENTIFIC.matcher(raw.strip()).matches()) {
            throw new InvalidValue(
                    ReasonCode.EID_SCIENTIFIC,
                    "EID %s was rounded by a spreadsheet, its digits are lost; export it again with the column as text"
                            .formatted(Digits.quoted(raw)));
        }
        return new Eid(Digits.compact(raw));
    }

    /** Whether the two check digits are right: the number modulo 97 is 1 (ISO/IEC 7064 MOD 97-10). */
    public boolean checkDigitsValid() {
        return new BigInteger(value).mod(MODULUS).equals(BigInteger.ONE);
    }

    /** The first eight and the last four digits. */
    public String shortened() {
        return Digits.shortened(value);
    }
}
