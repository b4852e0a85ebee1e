package io.celonamdm.http;

import java.io.IOException;

/** Says that a call was not made, because its host's limit had no room for it. */
class HostBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    HostBusyException(String host) {
        super("%s is called as often as http.requests-per-second allows; the call was not made".formatted(host));
    }
}
