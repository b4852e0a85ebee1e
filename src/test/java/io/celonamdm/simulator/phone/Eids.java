package io.celonamdm.simulator.phone;

import java.math.BigInteger;
import java.util.Random;

/** Made-up EIDs with correct check digits (SGP.29: the whole number modulo 97 is 1). */
public final class Eids {
    private static final String APPLE = "89049032";
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private Eids() {}

    /** The next EID of a sequence of random numbers. */
    public static String next(Random random) {
        StringBuilder digits = new StringBuilder(APPLE);
        while (digits.length() < 30) {
            digits.append(random.nextInt(10));
        }
        return complete(digits.toString());
    }

    /** Adds the two check digits to 30 digits. */
    public static String complete(String thirtyDigits) {
        int remainder = new BigInteger(thirtyDigits + "00").mod(MODULUS).intValue();
        return thirtyDigits + "%02d".formatted(98 - remainder);
    }
}
