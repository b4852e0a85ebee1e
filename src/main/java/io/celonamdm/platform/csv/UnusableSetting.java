package io.celonamdm.platform.csv;

import java.io.IOException;

/** Thrown when a folder or file in the settings is unusable; it may be an unmounted share. */
final class UnusableSetting extends IOException {
    private static final long serialVersionUID = 1;

    UnusableSetting(String message) {
        super(message);
    }
}
