package io.celonamdm.platform.jamf;

/** Thrown when an object in Jamf Pro has a name from the settings but was not made by the connector. */
class NotOurs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOurs(String message) {
        super(message);
    }
}
