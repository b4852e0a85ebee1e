package io.celonamdm.celona;

/**
 * What the journal holds about earlier calls for the same eSIM. A call counts if it was answered with success, or if its
 * answer never came.
 *
 * @param activated an earlier call was to activate the eSIM
 * @param grouped an earlier call was to put it into the same group
 */
public record Earlier(boolean activated, boolean grouped) {

    /** No earlier call. */
    public static final Earlier NOTHING = new Earlier(false, false);
}
