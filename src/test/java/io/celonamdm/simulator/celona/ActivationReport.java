package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Successes grouped by action, and failures by action and reason; a list without entries is null. */
final class ActivationReport {
    private final Map<Action, List<String>> succeeded = new EnumMap<>(Action.class);
    private final Map<Failure, List<String>> failed = new LinkedHashMap<>();

    private record Failure(Action action, String reason) {}

    void success(Action action, String iccid) {
        succeeded.computeIfAbsent(action, key -> new ArrayList<>()).add(iccid);
    }

    void failure(Action action, String iccid, String reason) {
        failed.computeIfAbsent(new Failure(action, reason), key -> new ArrayList<>())
                .add(iccid);
    }

    void unusable(String record, String reason) {
        failure(Action.FILE_IO, record, reason);
    }

    Object data() {
        List<Object> failures = new ArrayList<>();
        failed.forEach((failure, affected) -> failures.add(Json.object(
                "action",
                failure.action(),
                failure.action() == Action.FILE_IO ? "file_records" : "iccids",
                affected,
                "reason",
                failure.reason())));
        List<Object> successes = new ArrayList<>();
        succeeded.forEach((action, iccids) -> successes.add(Json.object("action", action, "iccids", iccids)));
        return Json.object("failed_devices", orNull(failures), "successful_devices", orNull(successes));
    }

    private static @Nullable List<Object> orNull(List<Object> list) {
        return list.isEmpty() ? null : list;
    }
}
