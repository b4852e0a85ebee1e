package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters of requests, as people write them. */
public final class RequestParameters {
    private RequestParameters() {}

    /**
     * A configured sync.
     *
     * @throws RequestRejected if no sync has that name
     */
    public static Sync sync(Syncs syncs, String name) {
        return syncs.find(name).orElseThrow(() -> RequestRejected.notFound(syncs.unknown(name)));
    }

    /**
     * A reason code, ignoring case; null if none is given.
     *
     * @throws RequestRejected if there is no such code
     */
    public static @Nullable ReasonCode code(@Nullable String code) {
        return code == null
                ? null
                : find(List.of(ReasonCode.values()), code)
                        .orElseThrow(() -> RequestRejected.invalid("no reason has the code " + code));
    }

    /**
     * One of some values by its name, ignoring case; null if none is given.
     *
     * @param what what people call it
     * @throws RequestRejected if none has that name
     */
    public static <T> @Nullable T oneOf(List<T> all, String what, @Nullable String name) {
        return name == null
                ? null
                : find(all, name)
                        .orElseThrow(() ->
                                RequestRejected.invalid("no %s is named %s; there are %s".formatted(what, name, all)));
    }

    private static <T> Optional<T> find(List<T> all, String name) {
        return all.stream()
                .filter(each -> each.toString().equalsIgnoreCase(name))
                .findFirst();
    }

    /** How many rows to return: at least one, and at most {@code most}. */
    static int limit(@Nullable Integer asked, int usual, int most) {
        return asked == null ? usual : Math.max(1, Math.min(asked, most));
    }
}
