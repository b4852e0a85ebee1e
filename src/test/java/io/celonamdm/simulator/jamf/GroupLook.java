package io.celonamdm.simulator.jamf;

/** What Jamf Pro makes of {@code =in=} in a question about commands. */
public enum GroupLook {
    /** What RSQL says. */
    UNDERSTOOD,
    /** Refuses it with status 400. */
    REFUSED,
    /** Refuses it with status 414, as for an address that is too long. */
    TOO_LONG,
    /** Takes the first value alone. */
    FIRST_ONLY,
    /** Matches nothing. */
    NOTHING,
    /** Ignores it: every command of the tenant is shown. */
    EVERYTHING
}
