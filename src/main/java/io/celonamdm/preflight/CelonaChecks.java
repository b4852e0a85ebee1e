package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Json;
import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks a Celona customer: whether Celona accepts the key ("Celona eSIM Lifecycle Management"), and whether the key
 * serves the customer (by the list of customers that accounts with several have).
 */
@Component
public class CelonaChecks {
    private static final Set<String> IDS = Set.of("id", "customer_id", "customerId");
    private static final int A_FEW = 5;

    CelonaChecks() {}

    List<Check> of(Sync sync) {
        CelonaSettings celona = sync.celona();
        String key =
                ("make a new API key in Celona's Orchestrator and set connector.syncs.%s.celona.api-key; Celona answers"
                                + " 403 to a key that is wrong or expired")
                        .formatted(sync.name());
        return List.of(
                new Check("celona key", "celona-check-key", celona.assignUrl(), "celona.assign-url", key, key, false),
                new Check(
                        "celona customer",
                        "celona-check-customer",
                        celona.activationUrl(),
                        "celona.activation-url",
                        key,
                        key,
                        false));
    }

    /** Celona accepted the key: it read a query about a request that does not exist. */
    public Seen key(@ExchangeProperty("sync") Sync sync) {
        return Seen.ok("%s takes the key; whether its user may assign eSIMs shows at the first assignment"
                .formatted(sync.celona().assignUrl().getHost()));
    }

    /**
     * Whether the list of customers contains the sync's. The list is undocumented: any form is accepted, and it may be
     * partial.
     */
    public Seen customer(
            @Body byte @Nullable [] body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @ExchangeProperty("sync") Sync sync) {
        CelonaSettings celona = sync.celona();
        String host = celona.activationUrl().getHost();
        Object answer = Json.parse(body == null ? "" : new String(body, StandardCharsets.UTF_8))
                .orElse(null);
        if (answer == null) {
            return Seen.warn(
                    ReasonCode.UNREADABLE_ANSWER,
                    "%s answers with something other than JSON, status %d".formatted(host, status),
                    "check connector.syncs.%s.celona.activation-url; Celona's hosts answer like this at unknown addresses"
                            .formatted(sync.name()));
        }
        Set<String> ids = new TreeSet<>();
        collect(answer, ids);
        if (ids.contains(celona.customerId())) {
            return Seen.ok("%s lists customer %s".formatted(host, celona.customerId()));
        }
        if (status < 300 && !ids.isEmpty()) {
            return Seen.warn(
                    ReasonCode.CUSTOMER_NOT_SEEN,
                    "%s lists customers for the key (%s), and not %s"
                            .formatted(
                                    host,
                                    String.join(", ", ids.stream().limit(A_FEW).toList()),
                                    celona.customerId()),
                    "correct connector.syncs.%s.celona.customer-id, or use a key of that customer"
                            .formatted(sync.name()));
        }
        return Seen.unchecked(
                "%s answers, but lists no customers for the key, status %d".formatted(host, status),
                "compare connector.syncs.%s.celona.customer-id with Celona's Orchestrator; a wrong one is refused at the first assignment"
                        .formatted(sync.name()));
    }

    private static void collect(@Nullable Object json, Set<String> ids) {
        if (json instanceof List<?> list) {
            list.forEach(each -> collect(each, ids));
        } else if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (IDS.contains(String.valueOf(name)) && (value instanceof String || value instanceof Number)) {
                    ids.add(String.valueOf(value));
                } else {
                    collect(value, ids);
                }
            });
        }
    }
}
