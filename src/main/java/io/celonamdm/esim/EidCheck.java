package io.celonamdm.esim;

/** What is done about an EID whose check digits are wrong. */
public enum EidCheck {
    /** The check digits are not looked at. */
    OFF,
    /** The device goes on, and the finding is reported. */
    WARN,
    /** The device is left out. */
    STRICT
}
