package io.celonamdm.platform.jamf;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;

/** Thrown when an object in Jamf Pro has a name from the settings but was not made by the connector. */
class NotOurs extends KnownFailure {
    private static final long serialVersionUID = 1L;

    NotOurs(String message) {
        super(new Failure(Failure.Kind.REFUSED, ReasonCode.NOT_OURS, message, null));
    }
}
