package io.celonamdm.platform.intune;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code executeAction} says of each device: the list that it is in. */
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
     * @param asked ids of the devices that the action was asked for
     * @throws UnreadableAnswer if its lists name none of these devices; the action may have gone out all the same
     */
    static BulkResult read(Fields answer, Collection<String> asked) {
        Fields bare = answer.object("value").isEmpty() ? answer : answer.object("value");
        BulkResult result = new BulkResult();
        for (Verdict list : Verdict.values()) {
            bare.texts(list.member).forEach(id -> result.lists.put(id.toLowerCase(Locale.ROOT), list));
        }
        if (asked.stream().noneMatch(id -> result.of(id).isPresent())) {
            throw new UnreadableAnswer("what became of the devices of a bulk action", bare);
        }
        return result;
    }

    /** The list that a device is in. */
    Optional<Verdict> of(String deviceId) {
        return Optional.ofNullable(lists.get(deviceId.toLowerCase(Locale.ROOT)));
    }
}
