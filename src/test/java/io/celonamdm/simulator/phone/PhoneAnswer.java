package io.celonamdm.simulator.phone;

/**
 * A phone's answer to a command.
 *
 * @param kind the status it reports
 * @param errorCode Apple's error code, 0 without an error
 * @param description the error text, empty without an error
 */
public record PhoneAnswer(Kind kind, int errorCode, String description) {
    /** The phone takes the command. */
    public static final PhoneAnswer ACKNOWLEDGED = new PhoneAnswer(Kind.ACKNOWLEDGED, 0, "");

    /** The phone will ask again later. */
    public static final PhoneAnswer NOT_NOW = new PhoneAnswer(Kind.NOT_NOW, 0, "");

    /** The address has no scheme. */
    public static final PhoneAnswer FORMAT_ERROR =
            new PhoneAnswer(Kind.COMMAND_FORMAT_ERROR, 12021, "The eSIM server URL is not valid.");

    /** Apple's 36003: the cellular stack is busy, later it may not be. */
    public static final PhoneAnswer BUSY =
            new PhoneAnswer(Kind.ERROR, 36003, "Refreshing the cellular plans failed. Try again later.");

    /** Apple's 36002: the hardware does not support it, which waiting does not mend. */
    public static final PhoneAnswer UNSUPPORTED =
            new PhoneAnswer(Kind.ERROR, 36002, "The device's hardware does not support cellular plans.");

    /** The statuses, spelt like the command states of Jamf Pro. */
    public enum Kind {
        /** Taken; says nothing about the eSIM. */
        ACKNOWLEDGED,
        /** Put off. */
        NOT_NOW,
        /** Failed. */
        ERROR,
        /** Not understood. */
        COMMAND_FORMAT_ERROR
    }
}
