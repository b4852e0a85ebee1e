package io.celonamdm.platform.jamf;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/** Which of some devices Jamf Pro does not add to a group, each asked by itself. */
public final class Refusals {
    private final int all;
    private final List<String> ids = new ArrayList<>();
    private @Nullable HttpOperationFailedException last;

    /** @param all how many devices are asked for */
    Refusals(int all) {
        this.all = all;
    }

    void add(String id, HttpOperationFailedException refusal) {
        ids.add(id);
        last = refusal;
    }

    List<String> ids() {
        return ids;
    }

    void throwIfAll() throws HttpOperationFailedException {
        if (ids.size() == all && last != null) {
            throw last;
        }
    }
}
