package io.celonamdm.control;

/** Decisions about devices in doubt. */
public enum DoubtAction implements Action {
    /** Celona processed the call: its request id is polled for the outcome. */
    ADOPT,
    /** Celona did not process the call: it is made again. */
    RELEASE,
    /** The phones are told to fetch an eSIM, if there is one for them; nothing is assigned. */
    PROBE,
    /** The devices become dead letters. */
    GIVE_UP;

    /** Whether it also applies to devices that were given up. */
    boolean takesBack() {
        return this == ADOPT || this == RELEASE;
    }
}
