package io.celonamdm.operations;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.sync.Syncs;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/** The open dead letters of a sync: {@code GET /actuator/deadletters/{sync}?code=&limit=}. */
@Component
@Endpoint(id = "deadletters")
class DeadLettersEndpoint {
    private static final int USUAL = 1000;
    private static final int MOST = 100_000;

    private final Syncs syncs;
    private final DeadLetters deadLetters;

    DeadLettersEndpoint(Syncs syncs, DeadLetters deadLetters) {
        this.syncs = syncs;
        this.deadLetters = deadLetters;
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation
    WebEndpointResponse<Object> list(@Selector String sync, @Nullable String code, @Nullable Integer limit) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.notFound("no sync is named \"" + sync + "\"");
        }
        ReasonCode wanted = null;
        if (code != null) {
            String name = code.toUpperCase(Locale.ROOT);
            wanted = Arrays.stream(ReasonCode.values())
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (wanted == null) {
                return Answers.badRequest("no reason has the code " + code);
            }
        }
        int rows = limit == null ? USUAL : Math.max(1, Math.min(limit, MOST));
        return new WebEndpointResponse<>(deadLetters.list(sync, wanted, rows));
    }
}
