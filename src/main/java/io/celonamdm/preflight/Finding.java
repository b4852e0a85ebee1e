package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The finding of one preflight check.
 *
 * @param check the subject, such as {@code celona key}
 * @param result its result
 * @param code the stable code of the problem; null if there is none
 * @param seen the observation, in words
 * @param todo what to do about it; may be empty
 */
public record Finding(String check, Result result, @Nullable ReasonCode code, String seen, String todo) {

    static Finding of(String check, Seen seen) {
        return new Finding(check, seen.result(), seen.code(), seen.text(), seen.todo());
    }
}
