package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The result of {@code executeAction} for each device: the list that contains it. */
final class BulkResult {
    /** The lists. */
    enum Verdict {
        SUCCESSFUL("successfulDeviceIds"),
        FAILED("failedDeviceIds"),
        NOT_FOUND("notFoundDeviceIds"),
        NOT_SUPPORTED("notSupportedDeviceIds");

        private final String member;

        Verdict(String member) {
            this.member = member;
        }
    }

    private final Map<String, Verdict> lists = new HashMap<>();

    private BulkResult() {}

    /**
     * Reads it, bare or wrapped in {@code value}: the documents show both.
     *
     * @param asked ids of the devices in the request
     * @throws UnreadableAnswer if its lists name none of these devices; the action may have been sent nevertheless
     */
    static BulkResult read(Fields answer, Collection<String> asked) {
        Fields bare = answer.object("value").isEmpty() ? answer : answer.object("value");
        BulkResult result = new BulkResult();
        for (Verdict list : Verdict.values()) {
            // success comes first: where the lists contradict each other, the action may be under way
            bare.texts(list.member).forEach(id -> result.lists.putIfAbsent(id.toLowerCase(Locale.ROOT), list));
        }
        if (asked.stream().noneMatch(id -> result.of(id).isPresent())) {
            throw new UnreadableAnswer("the results of a bulk action", bare);
        }
        return result;
    }

    /** The list of a device. */
    Optional<Verdict> of(String deviceId) {
        return Optional.ofNullable(lists.get(deviceId.toLowerCase(Locale.ROOT)));
    }
}
