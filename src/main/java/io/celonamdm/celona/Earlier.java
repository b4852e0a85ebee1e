package io.celonamdm.celona;

/**
 * The earlier calls in the journal for the same eSIM. A call counts if it succeeded, or if its outcome is unknown.
 *
 * @param activated an earlier call requested the activation of the eSIM
 * @param grouped an earlier call requested the same group
 */
public record Earlier(boolean activated, boolean grouped) {

    /** No earlier call. */
    public static final Earlier NOTHING = new Earlier(false, false);
}
