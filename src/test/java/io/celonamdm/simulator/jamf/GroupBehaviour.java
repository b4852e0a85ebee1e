package io.celonamdm.simulator.jamf;

/** What Jamf Pro makes of several devices in one call, of which its documents say nothing. */
public enum GroupBehaviour {
    /** Takes all, or refuses all because of one that it does not know; answers in any order. */
    ALL_OR_NOTHING,
    /** Sends to those that it knows, and answers with their ids alone. */
    THE_KNOWN,
    /** Sends to those before the first that it does not know, and then refuses the call. */
    UNTIL_ONE_IS_UNKNOWN,
    /** Fails with status 500 because of one that it does not know. */
    BROKEN_BY_ONE,
    /** Refuses every call for several devices with a status. */
    REFUSED_400,
    /** The same. */
    REFUSED_413,
    /** The same, without having sent anything. */
    REFUSED_500,
    /** Sends to the first device alone, and answers with one id. */
    FIRST_ONLY
}
