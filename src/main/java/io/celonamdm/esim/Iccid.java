package io.celonamdm.esim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The number of an eSIM profile (ITU-T E.118). Its last digit is not checked: the ICCIDs in Celona's documents end with
 * a serial digit.
 *
 * @param value 18 to 20 digits
 */
public record Iccid(@JsonValue String value) {

    private static final int MIN_LENGTH = 18;
    private static final int MAX_LENGTH = 20;

    /** @throws InvalidValue {@link ReasonCode#OTHER} if the value does not have 18 to 20 digits */
    public Iccid {
        if (!Digits.areDigits(value, MIN_LENGTH, MAX_LENGTH)) {
            throw new InvalidValue(
                    ReasonCode.OTHER,
                    "ICCID %s is not made of %d to %d digits; read it again from Celona or the device"
                            .formatted(Digits.quoted(value), MIN_LENGTH, MAX_LENGTH));
        }
    }

    /**
     * Reads an ICCID as inventories and modems spell it.
     *
     * @param raw 18 to 20 digits, with blanks and hyphens anywhere, and with the trailing letters F that pad the card's
     *     ten bytes
     * @throws InvalidValue {@link ReasonCode#OTHER} for any other text
     */
    public static Iccid of(String raw) {
        return new Iccid(Digits.compact(raw).replaceFirst("[Ff]+$", ""));
    }

    /** Reads it in the same way; empty for any other text, which inventories show as well. */
    public static Optional<Iccid> find(String raw) {
        try {
            return Optional.of(of(raw));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /**
     * Whether both numbers identify the same profile. Some systems show the Luhn digit and some do not, so a number
     * also equals itself followed by its Luhn digit.
     */
    public boolean sameAs(Iccid other) {
        return value.equals(other.value)
                || Digits.withLuhnDigit(value).equals(other.value)
                || Digits.withLuhnDigit(other.value).equals(value);
    }

    /** All numbers of the same profile, this one first; see {@link #sameAs}. */
    public List<String> spellings() {
        List<String> spellings = new ArrayList<>(List.of(value));
        if (value.length() < MAX_LENGTH) {
            spellings.add(Digits.withLuhnDigit(value));
        }
        if (value.length() > MIN_LENGTH && Digits.luhnValid(value)) {
            spellings.add(value.substring(0, value.length() - 1));
        }
        return List.copyOf(spellings);
    }

    /**
     * Whether the number starts with one of the prefixes.
     *
     * @param prefixes beginnings of ICCIDs; an empty list accepts any number
     */
    public boolean startsWithAny(List<String> prefixes) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(value::startsWith);
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
