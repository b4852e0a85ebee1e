package io.celonamdm.platform.intune;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import java.util.Set;
import java.util.TreeSet;

/** The operating systems in a pull. If none of them is known, the answer is at fault, not the fleet. */
public final class Systems {
    private static final int MOST_NAMED = 10;

    private final Set<String> unknown = new TreeSet<>();
    private long devices;
    private boolean known;

    /** Records a device; always true, for use among conditions. */
    boolean knows(MdmDevice device) {
        devices++;
        if (Platform.isSystem(device.os())) {
            known = true;
        } else if (unknown.size() < MOST_NAMED) {
            unknown.add(device.os().isEmpty() ? "(none)" : device.os());
        }
        return true;
    }

    /**
     * Checks at the end of a pull.
     *
     * @throws KnownFailure with {@code NO_KNOWN_SYSTEM} if there are devices, but none with a known system
     */
    void check() {
        if (devices > 0 && !known) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.REFUSED,
                    ReasonCode.NO_KNOWN_SYSTEM,
                    "none of the %d devices that Intune shows has an operating system that is known; it shows %s"
                            .formatted(devices, unknown),
                    null));
        }
    }
}
