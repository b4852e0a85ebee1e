package io.celonamdm.sync;

/**
 * A forecast of a customer's eSIM pool, from the budget in the settings and the ICCIDs in the ledger. It does not know
 * eSIMs that others use, and nothing is held back because of it.
 *
 * @param budget how many eSIMs the customer has by the settings
 * @param left how many of them no device of the customer holds; at least 0
 * @param wanted how many devices of the sync wait for one, or would if its plan were carried out
 */
public record PoolForecast(int budget, long left, long wanted) {
    /** A text such as {@code 9 eSIMs left, 14 wanted}. */
    public String words() {
        return "%d %s left, %d wanted".formatted(left, left == 1 ? "eSIM" : "eSIMs", wanted);
    }

    /** Whether more are wanted than there are. */
    public boolean isShort() {
        return wanted > left;
    }
}
