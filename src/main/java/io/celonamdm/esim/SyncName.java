package io.celonamdm.esim;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a sync, configured or not. Settings say what a name may look like.
 *
 * @param value the name
 */
public record SyncName(@JsonValue String value) implements Comparable<SyncName> {
    @Override
    public int compareTo(SyncName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
