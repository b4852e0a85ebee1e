package io.celonamdm.ledger.database;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that another process has the ledger's file open, in place of a stack trace. */
class LedgerInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    private static final Pattern FILE = Pattern.compile("\"([^\"]+\\.mv\\.db)\"");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() != ALREADY_OPEN) {
            return null;
        }
        Matcher named = FILE.matcher(String.valueOf(cause.getMessage()));
        String file = named.find() ? named.group(1) : "of spring.datasource.url";
        return new FailureAnalysis(
                "The ledger %s is open in another process, most likely a connector that already runs here."
                        .formatted(file),
                "Use the one that runs: GET /actuator/syncs at its management port shows what it does, and POST"
                        + " /actuator/syncs/{name} with {\"action\":\"run\"} has it run, POST /actuator/preflight looks at what"
                        + " its syncs need. To start this one, "
                        + "stop the other first, or give this one a ledger and a folder of its own. "
                        + "Nothing was changed or sent.",
                cause);
    }
}
