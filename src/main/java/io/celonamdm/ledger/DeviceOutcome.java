package io.celonamdm.ledger;

import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a device so far.
 *
 * @param place where the ledger has it
 * @param step the step that it has reached
 * @param code what keeps it from going on, or what is remarkable about it
 * @param reason the same in words, in the vendor's if it is the vendor's
 * @param iccid the eSIM that Celona assigned
 */
public record DeviceOutcome(
        Place place,
        Step step,
        @Nullable ReasonCode code,
        @Nullable String reason,
        @Nullable Iccid iccid) {

    /** Its columns. */
    static final String COLUMNS = "d.eid, d.place, d.step, d.code, d.reason, d.iccid";

    static DeviceOutcome of(ResultSet row) throws SQLException {
        return new DeviceOutcome(
                Rows.place(row),
                Rows.step(row),
                Rows.code(row),
                row.getString("reason"),
                Rows.optional(row, "iccid", Iccid::of));
    }

    /** Whether its eSIM is active, and a sign of the device is all that is waited for. */
    public boolean isUnconfirmed() {
        return step == Step.CONFIRM && (place == Place.WAITING || place == Place.IN_FLIGHT);
    }
}
