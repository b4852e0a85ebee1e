package io.celonamdm.control;

/** What a person may decide about devices in doubt. */
public enum DoubtAction implements Action {
    /** Celona has processed the call: its outcome is asked for by its request id. */
    ADOPT,
    /** Celona has not processed the call: it is made again. */
    RELEASE,
    /** The phones are told to fetch an eSIM, in case there is one for them; nothing is assigned. */
    PROBE,
    /** The devices become dead letters. */
    GIVE_UP;

    /** Whether it also takes back that devices were given up. */
    boolean takesBack() {
        return this == ADOPT || this == RELEASE;
    }
}
