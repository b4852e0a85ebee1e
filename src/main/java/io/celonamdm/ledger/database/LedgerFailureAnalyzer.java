package io.celonamdm.ledger.database;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says why the ledger cannot be opened, and what to do, in place of a stack trace. */
class LedgerFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    private final @Nullable Environment environment;

    /** @param environment holds the address; null if the start failed before there was a context */
    LedgerFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    /** What is wrong, by H2's error code or PostgreSQL's standard SQL state. */
    private enum Trouble {
        DAMAGED(
                "90030|90048|90049",
                "is damaged",
                "Keep the file, and restore the latest backup as \"Restoring a backup\" in docs/operations.md says."),
        UNWRITABLE(
                "90028|90031|90062|90097",
                "cannot be written",
                "See that the disk has room and that the user who runs the connector may write there, or set"
                        + " connector.ledger.folder to another folder."),
        REFUSED(
                "28000|28P01",
                "refuses the user or the password",
                "Correct spring.datasource.username and spring.datasource.password."),
        UNREACHABLE(
                "08001|08003|08004|08006|57P03|53300",
                "cannot be reached",
                "See that the database runs and can be reached from here, or correct spring.datasource.url."),
        MISSING("3D000", "does not exist", "Create the database, or correct its name in spring.datasource.url."),
        FORBIDDEN(
                "42501",
                "does not let its user create tables",
                "Grant CREATE on the schema to the user of spring.datasource.username.");

        private final String codes;
        private final String what;
        private final String remedy;

        Trouble(String codes, String what, String remedy) {
            this.codes = codes;
            this.what = what;
            this.remedy = remedy;
        }
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        SQLException innermost = cause;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            innermost = each instanceof SQLException sql ? sql : innermost;
        }
        String code = Objects.requireNonNullElse(innermost.getSQLState(), "");
        String words =
                String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        for (Trouble trouble : Trouble.values()) {
            if (code.matches(trouble.codes)) {
                return new FailureAnalysis(
                        "The ledger at %s %s: %s".formatted(address(), trouble.what, words),
                        trouble.remedy + " Nothing was changed or sent.",
                        cause);
            }
        }
        return null;
    }

    private String address() {
        String url = environment == null ? null : environment.getProperty("spring.datasource.url");
        return url == null ? "spring.datasource.url" : LedgerAddress.shown(url);
    }
}
