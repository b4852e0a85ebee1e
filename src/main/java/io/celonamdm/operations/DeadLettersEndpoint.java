package io.celonamdm.operations;

import io.celonamdm.control.Action;
import io.celonamdm.control.DeadLetterAction;
import io.celonamdm.control.DeadLetterControl;
import io.celonamdm.control.DeadLetterCsv;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.DoubtControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;

/** The open dead letters of a sync, and their redrive: {@code GET} and {@code POST /actuator/deadletters/{sync}}. */
@Component
@Endpoint(id = "deadletters")
class DeadLettersEndpoint {
    private static final int USUAL = 1000;
    private static final int MOST = 100_000;
    private static final String CSV = "text/csv";
    private static final MimeType CSV_TYPE = MimeType.valueOf(CSV + ";charset=UTF-8");

    private final Syncs syncs;
    private final DeadLetters deadLetters;
    private final DeadLetterControl control;
    private final DoubtControl doubts;

    DeadLettersEndpoint(Syncs syncs, DeadLetters deadLetters, DeadLetterControl control, DoubtControl doubts) {
        this.syncs = syncs;
        this.deadLetters = deadLetters;
        this.control = control;
        this.doubts = doubts;
    }

    // actuator treats @Nullable parameters as optional
    @ReadOperation(produces = {"application/vnd.spring-boot.actuator.v3+json", "application/json", CSV})
    WebEndpointResponse<Object> list(
            @Selector String sync, @Nullable String code, @Nullable Integer limit, @Nullable String format) {
        Sync known = RequestParameters.sync(syncs, sync);
        ReasonCode only = RequestParameters.code(code);
        boolean csv = "csv".equalsIgnoreCase(format);
        if (format != null && !csv && !"json".equalsIgnoreCase(format)) {
            throw RequestRejected.invalid("the format is json or csv, not " + format);
        }
        List<DeadLetter> letters =
                deadLetters.list(known.name(), only, RequestParameters.limit(limit, csv ? MOST : USUAL, MOST));
        return csv
                ? new WebEndpointResponse<>(DeadLetterCsv.write(letters), 200, CSV_TYPE)
                : new WebEndpointResponse<>(letters, 200, MimeType.valueOf("application/json"));
    }

    // actuator reads each value of the body as one text: EIDs are separated by commas, a JSON array is refused
    @WriteOperation
    Object act(
            @Selector String sync,
            String action,
            @Nullable String code,
            @Nullable List<String> eids,
            @Nullable String csv,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        Sync known = RequestParameters.sync(syncs, sync);
        ReasonCode only = RequestParameters.code(code);
        DeadLetterAction wanted = Action.of(DeadLetterAction.class, action);
        return switch (wanted) {
            case REDRIVE -> Map.of("sync", sync, "redriven", control.redrive(known, only, eids, reason));
            case IMPORT -> control.importCsv(known, csv, reason);
            case ADOPT, RELEASE -> {
                if (only != null && only != ReasonCode.GIVEN_UP) {
                    throw RequestRejected.invalid(wanted.word() + " takes back GIVEN_UP alone");
                }
                DoubtAction decision = wanted == DeadLetterAction.ADOPT ? DoubtAction.ADOPT : DoubtAction.RELEASE;
                yield Map.of(
                        "sync", sync, "decided", doubts.takeBack(decision, known, eids, requestId, address, reason));
            }
        };
    }
}
