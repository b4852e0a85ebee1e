package io.celonamdm.ledger.run;

import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads runs. A word that this version does not know is taken for the one that promises least. */
public final class RunRows {
    private RunRows() {}

    public static Run map(ResultSet row, int number) throws SQLException {
        String outcome = row.getString("outcome");
        boolean isKnown =
                outcome == null || Rows.known(outcome, Run.Outcome.class).isPresent();
        return new Run(
                row.getLong("id"),
                Rows.sync(row),
                Rows.known(row.getString("cause"), Run.Cause.class).orElse(Run.Cause.ON_DEMAND),
                row.getBoolean("plan_only"),
                Times.required(row, "opened_at"),
                Times.required(row, "window_ends_at"),
                Times.nullable(row, "closed_at"),
                Rows.known(row.getString("pull"), Run.PullState.class).orElse(Run.PullState.FAILED),
                Times.nullable(row, "pull_due_at"),
                row.getInt("pull_attempts"),
                Times.nullable(row, "comparison_due_at"),
                row.getInt("records"),
                row.getInt("inventory"),
                row.getInt("planned"),
                row.getObject("served", Integer.class),
                row.getBoolean("credible"),
                outcome == null ? null : outcome(outcome),
                row.getString("code"),
                isKnown ? row.getString("reason") : "ended with " + outcome + ", which this version does not know",
                row.getString("report"));
    }

    /** How a run ended; {@code FAILED} for an ending that this version does not know. */
    public static Run.Outcome outcome(String name) {
        return Rows.known(name, Run.Outcome.class).orElse(Run.Outcome.FAILED);
    }
}
