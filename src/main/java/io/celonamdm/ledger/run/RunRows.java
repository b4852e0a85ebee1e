package io.celonamdm.ledger.run;

import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads runs. */
public final class RunRows {
    private RunRows() {}

    public static Run map(ResultSet row, int number) throws SQLException {
        String outcome = row.getString("outcome");
        return new Run(
                row.getLong("id"),
                Rows.sync(row),
                Run.Cause.valueOf(row.getString("cause")),
                row.getBoolean("plan_only"),
                Times.required(row, "opened_at"),
                Times.required(row, "window_ends_at"),
                Times.nullable(row, "closed_at"),
                Run.PullState.valueOf(row.getString("pull")),
                Times.nullable(row, "pull_due_at"),
                row.getInt("pull_attempts"),
                Times.nullable(row, "comparison_due_at"),
                row.getInt("records"),
                row.getInt("inventory"),
                row.getInt("planned"),
                row.getObject("served", Integer.class),
                row.getBoolean("credible"),
                outcome == null ? null : Run.Outcome.valueOf(outcome),
                row.getString("code"),
                row.getString("reason"),
                row.getString("report"));
    }
}
