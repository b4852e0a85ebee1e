package io.celonamdm.simulator.celona;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Json;
import java.util.Iterator;
import java.util.Set;

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
