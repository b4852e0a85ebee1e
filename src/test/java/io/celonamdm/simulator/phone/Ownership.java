package io.celonamdm.simulator.phone;

/** Who owns a device. */
public enum Ownership {
    /** The organisation. */
    INSTITUTIONAL("Institutional"),
    /** The user; the MDM may neither see the cellular subscriptions nor refresh them. */
    USER_ENROLLMENT("UserEnrollment"),
    /** The user, enrolled with a managed account; the same limits. */
    ACCOUNT_DRIVEN_USER_ENROLLMENT("AccountDrivenUserEnrollment"),
    /** The organisation, enrolled with a managed account. */
    ACCOUNT_DRIVEN_DEVICE_ENROLLMENT("AccountDrivenDeviceEnrollment");

    private final String jamfWord;

    Ownership(String jamfWord) {
        this.jamfWord = jamfWord;
    }

    /** The spelling of {@code deviceOwnershipType} in Jamf Pro's schema. */
    public String jamfWord() {
        return jamfWord;
    }

    /** Whether the device is the user's own. */
    public boolean personal() {
        return this == USER_ENROLLMENT || this == ACCOUNT_DRIVEN_USER_ENROLLMENT;
    }
}
