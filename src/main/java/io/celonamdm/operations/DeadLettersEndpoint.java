package io.celonamdm.operations;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.DeadLetter;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
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
    private static final String REDRIVE = "redrive";
    private static final Set<String> TAKES_BACK = Set.of("adopt", "release");
    private static final Set<String> ACTIONS = Set.of(REDRIVE, "import", "adopt", "release");
    private static final String CSV = "text/csv";
    private static final MimeType CSV_TYPE = MimeType.valueOf(CSV + ";charset=UTF-8");

    private final Syncs syncs;
    private final DeadLetters deadLetters;
    private final DeadLetterActions actions;

    DeadLettersEndpoint(Syncs syncs, DeadLetters deadLetters, DeadLetterActions actions) {
        this.syncs = syncs;
        this.deadLetters = deadLetters;
        this.actions = actions;
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @ReadOperation(produces = {"application/vnd.spring-boot.actuator.v3+json", "application/json", CSV})
    WebEndpointResponse<Object> list(
            @Selector String sync, @Nullable String code, @Nullable Integer limit, @Nullable String format) {
        if (syncs.find(sync).isEmpty()) {
            return Answers.noSync(syncs, sync);
        }
        if (code != null && code(code) == null) {
            return noSuchCode(code);
        }
        boolean csv = "csv".equalsIgnoreCase(format);
        if (format != null && !csv && !"json".equalsIgnoreCase(format)) {
            return Answers.badRequest("the format is json or csv, not " + format);
        }
        int rows = Words.limit(limit, csv ? MOST : USUAL, MOST);
        List<DeadLetter> letters = deadLetters.list(sync, code(code), rows);
        return csv
                ? new WebEndpointResponse<>(DeadLetterCsv.write(letters), 200, CSV_TYPE)
                : new WebEndpointResponse<>(letters, 200, MimeType.valueOf("application/json"));
    }

    // actuator reads each value of the body as one text: EIDs are separated by commas, a JSON array is refused
    @WriteOperation
    WebEndpointResponse<Object> act(
            @Selector String sync,
            String action,
            @Nullable String code,
            @Nullable List<String> eids,
            @Nullable String csv,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String reason) {
        Sync known = syncs.find(sync).orElse(null);
        if (known == null) {
            return Answers.noSync(syncs, sync);
        }
        if (code != null && code(code) == null) {
            return noSuchCode(code);
        }
        String wanted = action.toLowerCase(Locale.ROOT);
        if (!ACTIONS.contains(wanted)) {
            return Answers.badRequest("the action is redrive or import, adopt or release, not " + action);
        }
        String why = Answers.reason(reason);
        if (why.isEmpty()) {
            return Answers.noReason();
        }
        if (wanted.equals(REDRIVE)) {
            return redriven(known, () -> actions.redrive(known, code(code), eids, why));
        }
        if (TAKES_BACK.contains(wanted)) {
            if (code(code) != null && code(code) != ReasonCode.GIVEN_UP) {
                return Answers.badRequest(wanted + " takes back GIVEN_UP alone");
            }
            return answered(known, "decided", () -> actions.takeBack(known, wanted, eids, requestId, address, why));
        }
        return csv == null
                ? Answers.badRequest("import needs the corrected file as csv")
                : Answers.orRefused(() -> new WebEndpointResponse<>(actions.redriveRows(known, csv, why)));
    }

    private static WebEndpointResponse<Object> redriven(Sync sync, IntSupplier redrive) {
        return answered(sync, "redriven", redrive);
    }

    private static WebEndpointResponse<Object> answered(Sync sync, String what, IntSupplier action) {
        return Answers.orRefused(() -> new WebEndpointResponse<>(Map.of("sync", sync.name(), what, action.getAsInt())));
    }

    private static @Nullable ReasonCode code(@Nullable String code) {
        return Words.read(ReasonCode.class, code).orElse(null);
    }

    private static WebEndpointResponse<Object> noSuchCode(String code) {
        return Answers.badRequest("no reason has the code " + code);
    }
}
