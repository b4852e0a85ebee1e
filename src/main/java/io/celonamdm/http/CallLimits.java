package io.celonamdm.http;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What a call may take until the last byte of its answer.
 *
 * @param time how long
 * @param timeSetting the setting that says so
 * @param size how many bytes of an answer, decompressed
 * @param sizeSetting the setting that says so
 */
record CallLimits(Duration time, String timeSetting, DataSize size, String sizeSetting) {
    /** The same for a call that has a timeout of its own. */
    CallLimits within(Duration own) {
        return new CallLimits(own, "the timeout of this call", size, sizeSetting);
    }
}
