package io.celonamdm.platform.csv;

import java.io.IOException;

/** A folder or file that a setting names and that cannot be used; it may be a share that is not mounted. */
final class UnusableSetting extends IOException {
    private static final long serialVersionUID = 1;

    UnusableSetting(String message) {
        super(message);
    }
}
