package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What one check of a preflight found.
 *
 * @param check what was looked at, such as {@code celona key}
 * @param result how it went
 * @param code the stable code of what is not as it should be; null if all is well
 * @param seen what was seen, in words
 * @param todo what to do about it; empty if nothing
 */
public record Finding(String check, Result result, @Nullable ReasonCode code, String seen, String todo) {

    static Finding of(String check, Seen seen) {
        return new Finding(check, seen.result(), seen.code(), seen.text(), seen.todo());
    }
}
