package io.celonamdm.platform.jamf;

/** Says that an object in Jamf Pro has the name that the settings give to one of ours, and is not ours. */
class NotOurs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOurs(String message) {
        super(message);
    }
}
