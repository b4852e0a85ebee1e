package io.celonamdm.simulator.celona;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Faults in the content of Celona's answers. */
public final class CelonaFaults {
    private CelonaFaults() {}

    /** Answers 200 with {@code success:false} and an error; the request is not processed. */
    public static Fault unsuccessful(int code, String error) {
        return (request, endpoint) -> Envelope.ofPath(request.path()).failure(200, code, error);
    }

    /** Answers a status with an envelope and an error; the request is not processed. */
    public static Fault refused(int status, String error) {
        return (request, endpoint) -> Envelope.ofPath(request.path()).failure(status, error);
    }

    /** Refuses each upload in which one of the given EIDs stands; the others are processed. */
    public static Fault refusedFor(int status, String error, String... eids) {
        return refusedFor(
                status,
                error,
                Stream.of(eids).map(eid -> (Supplier<String>) () -> eid).toList());
    }

    /** The same for a value that is known only when the upload comes. */
    public static Fault refusedFor(int status, String error, Supplier<String> value) {
        return refusedFor(status, error, List.of(value));
    }

    private static Fault refusedFor(int status, String error, List<Supplier<String>> values) {
        return (request, endpoint) -> {
            boolean found = values.stream()
                    .anyMatch(value -> request.files().stream()
                            .anyMatch(file -> file.text().orElse("").contains(value.get())));
            return found ? refused(status, error).apply(request, endpoint) : endpoint.answer(request);
        };
    }

    /** Processes the request and answers {@code data:null} as a success. */
    public static Fault dataNull() {
        return Fault.changedBody(body -> {
            JsonNode envelope = Json.read(body);
            ((ObjectNode) envelope).putNull("data");
            return Json.write(envelope);
        });
    }

    /** Processes the activation and leaves eSIMs out of its answer. */
    public static Fault withoutIccids(String... iccids) {
        Set<String> hidden = Set.of(iccids);
        return Fault.changedBody(body -> {
            JsonNode envelope = Json.read(body);
            envelope.findValues("iccids").forEach(list -> removeFrom((ArrayNode) list, hidden));
            return Json.write(envelope);
        });
    }

    /** Answers eid-status with another status word for the given EIDs; nothing else changes. */
    public static Fault eidStatus(String statusWord, String... eids) {
        Set<String> reported = Set.of(eids);
        return Fault.changedBody(body -> {
            JsonNode envelope = Json.read(body);
            for (JsonNode config : envelope.path("data").path("configs")) {
                if (reported.contains(config.path("eid").asText())) {
                    ((ObjectNode) config).put("status", statusWord);
                }
            }
            return Json.write(envelope);
        });
    }

    private static void removeFrom(ArrayNode list, Set<String> hidden) {
        for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
            if (hidden.contains(each.next().asText())) {
                each.remove();
            }
        }
    }
}
