package io.celonamdm.esim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The number of a device's eSIM chip (GSMA SGP.29). It need not start with 89.
 *
 * @param value 32 digits
 */
public record Eid(@JsonValue String value) {

    private static final int LENGTH = 32;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);
    private static final Pattern SCIENTIFIC =
            Pattern.compile("\\d+(?:[.,\u066B]\\d*)?(?:[eE]|[x*\u00D7\u22C5\u00B7]10\\^?)[+-]?\\d+");
    /** The most digits that survive a conversion to floating point. */
    private static final int KEPT_DIGITS = 17;

    private static final int MANTISSA = 53;

    /** @throws InvalidValue {@link ReasonCode#EID_FORMAT} if the value does not have 32 digits */
    public Eid {
        if (!Digits.areDigits(value, LENGTH, LENGTH)) {
            throw new InvalidValue(
                    ReasonCode.EID_FORMAT,
                    "EID %s is not made of %d digits; read it again from the device or its MDM record"
                            .formatted(Digits.quoted(value), LENGTH));
        }
    }

    /**
     * Reads an EID as inventories and spreadsheets spell it.
     *
     * @param raw 32 digits of any script, with any grouping, also from a spreadsheet cell kept as text
     * @throws InvalidValue {@link ReasonCode#EID_SCIENTIFIC} for a number that a spreadsheet rounded, such as {@code
     *     8.90490321234512E+31} or one that kept only its first digits, {@link ReasonCode#NO_EID} for a placeholder,
     *     such as {@code N/A} or zeros, and {@link ReasonCode#EID_FORMAT} for any other text
     */
    public static Eid of(String raw) {
        String digits = Digits.areDigits(raw, LENGTH, LENGTH) ? raw : Digits.compact(raw);
        if (isRounded(raw, digits)) {
            throw new InvalidValue(
                    ReasonCode.EID_SCIENTIFIC,
                    "EID %s was rounded by a spreadsheet, its digits are lost; export it again with the column as text"
                            .formatted(Digits.quoted(raw)));
        }
        if (!raw.isBlank() && Placeholder.isNoNumber(raw)) {
            throw new InvalidValue(
                    ReasonCode.NO_EID,
                    "EID %s stands for none, where 32 digits should be; have the device update its inventory"
                            .formatted(Digits.quoted(raw)));
        }
        return new Eid(digits);
    }

    /**
     * The EID in a request about a known device.
     *
     * @param text 32 digits with any grouping, valid for a device or not
     * @throws InvalidValue {@link ReasonCode#EID_FORMAT} for any other text
     */
    public static Eid named(String text) {
        return new Eid(Digits.compact(text));
    }

    private static boolean isRounded(String raw, String digits) {
        if (!Digits.areDigits(digits, LENGTH, LENGTH)) {
            return SCIENTIFIC.matcher(Digits.exponential(raw)).matches();
        }
        if (Digits.isOneDigit(digits)) {
            return false;
        }
        if (digits.substring(KEPT_DIGITS).chars().allMatch(c -> c == '0')) {
            return true;
        }
        // exactly a floating-point number; one EID in 2^50 is such a number by chance
        BigInteger number = new BigInteger(digits);
        return number.getLowestSetBit() >= number.bitLength() - MANTISSA;
    }

    /** Whether the two check digits are correct: the number modulo 97 is 1 (ISO/IEC 7064 MOD 97-10). */
    public boolean checkDigitsValid() {
        return new BigInteger(value).mod(MODULUS).equals(BigInteger.ONE);
    }

    /** The first eight and the last four digits. */
    public String shortened() {
        return Digits.shortened(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
