package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** assign-eid and eid-status, as in "Celona eSIM Lifecycle Management". */
final class EsimEndpoints {
    private final EsimPool pool;
    private final CelonaSettings settings;
    private final Mishaps mishaps;
    private final Map<String, List<Assignment>> requests = new ConcurrentHashMap<>();

    EsimEndpoints(EsimPool pool, CelonaSettings settings, Mishaps mishaps) {
        this.pool = pool;
        this.settings = settings;
        this.mishaps = mishaps;
    }

    Answer assign(Request request) {
        if (!request.form("customer_id").equals(request.query("customer_id"))) {
            throw Refusal.malformed("Form field customer_id is missing or differs from the query");
        }
        List<AssignRow> rows = AssignRow.of(UploadedCsv.of(request, "eidFile"));
        String requestId = UUID.randomUUID().toString();
        requests.put(requestId, assign(rows));
        Object data = Json.object("request_id", requestId, "server_url", settings.serverUrl());
        return Envelope.RSP.success(202, 202, data);
    }

    Answer status(Request request) {
        List<Assignment> assignments = requests.get(request.query("request_id").orElse(""));
        if (assignments == null) {
            throw new Refusal(404, "Request not found");
        }
        Instant now = Instant.now();
        Object configs = assignments.stream()
                .flatMap(assignment -> assignment.config(now, settings.beforeSuccess()).stream())
                .toList();
        return Envelope.RSP.success(200, 200, Json.object("configs", configs));
    }

    void forgetRequests() {
        requests.clear();
    }

    private List<Assignment> assign(List<AssignRow> rows) {
        synchronized (pool) {
            long needed = rows.stream()
                    .filter(row ->
                            row.iccid().isEmpty() && mishaps.refused(row.eid()).isEmpty())
                    .count();
            if (settings.whenPoolEmpty() == WhenPoolEmpty.REFUSE_BATCH && pool.available() < needed) {
                throw Refusal.malformed("No available eSIMs");
            }
            Instant now = Instant.now();
            return rows.stream().map(row -> assign(row, now)).toList();
        }
    }

    private Assignment assign(AssignRow row, Instant now) {
        Instant readyAt = now.plus(mishaps.assignDelay(row.eid(), settings));
        Optional<String> refused = mishaps.refused(row.eid());
        if (refused.isPresent()) {
            return new Assignment(row.eid(), "", row.name(), refused.get(), readyAt);
        }
        Optional<String> taken = row.iccid().isEmpty()
                ? pool.takeNext(row.eid(), row.name(), readyAt)
                : Optional.of(row.iccid()).filter(iccid -> pool.map(iccid, row.eid(), row.name(), readyAt));
        taken.ifPresent(iccid ->
                mishaps.groupOf(row.eid()).ifPresent(group -> pool.change(iccid, esim -> esim.grouped(group))));
        return new Assignment(
                row.eid(), taken.orElse(""), row.name(), taken.isPresent() ? "SUCCESS" : "FAILED", readyAt);
    }
}
