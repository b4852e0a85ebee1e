package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;

/** The calls of the two documents. */
final class CelonaCalls {
    static final String EID = "89049032123451234512345678901235";
    static final String OTHER_EID = "89086030202200000022000023022943";

    private final String customerId;
    private final Client client;

    CelonaCalls(CelonaSimulator celona) {
        this(celona, celona.settings().apiKey());
    }

    CelonaCalls(CelonaSimulator celona, String apiKey) {
        customerId = celona.settings().customerId();
        client = new Client(celona.url(), "X-API-Key", apiKey);
    }

    Client client() {
        return client;
    }

    Reply assign(String csv) throws IOException {
        return client.upload(assignPath(), "eidFile", csv, "customer_id", customerId);
    }

    String assignPath() {
        return "/v1/api/rsp/esims/assign-eid?customer_id=" + customerId;
    }

    String requestId(String csv) throws IOException {
        return assign(csv).json().path("data").path("request_id").asText();
    }

    Reply status(String requestId) throws IOException {
        return client.get("/v1/api/rsp/esims/eid-status?request_id=" + requestId);
    }

    Reply activate(String opCode, String csv) throws IOException {
        String path = "/v1/api/hss/activation-from-file?customer_id=" + customerId + "&op_code=" + opCode;
        return client.upload(path, "simDataFile", csv, "", "");
    }
}
