package io.celonamdm.control;

/** What a person may ask for dead letters. */
public enum DeadLetterAction implements Action {
    /** Their devices go on, each at the step at which it failed. */
    REDRIVE,
    /** The rows of a corrected export are redriven, or taken as confirmed. */
    IMPORT,
    /** Those that were given up are adopted after all. */
    ADOPT,
    /** Those that were given up are assigned once more. */
    RELEASE
}
