package io.celonamdm.http;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * The limits of a call, up to the last byte of its answer.
 *
 * @param time the longest duration
 * @param timeSetting the setting of that duration
 * @param size the most bytes of a decompressed answer
 * @param sizeSetting the setting of that size
 */
record CallLimits(Duration time, String timeSetting, DataSize size, String sizeSetting) {
    /** The same limits with a timeout of this call's own. */
    CallLimits within(Duration own) {
        return new CallLimits(own, "the timeout of this call", size, sizeSetting);
    }
}
