package io.celonamdm.ledger.device;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.ledger.database.Rows;
import io.celonamdm.ledger.database.Times;
import io.celonamdm.ledger.device.Device.Signs;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Maps rows of {@link #SELECT} to devices. */
public final class DeviceRows implements RowMapper<Device> {
    /** Selects devices with their inventory records. */
    public static final String SELECT = """
            select d.*, i.record from device d
            join inventory i on i.sync = d.sync and i.eid = d.eid
            """;

    @Override
    public Device mapRow(ResultSet row, int number) throws SQLException {
        return new Device(
                row.getLong("id"),
                Rows.sync(row),
                Rows.eid(row),
                row.getInt("attempts"),
                row.getString("name"),
                row.getString("device_group"),
                Rows.optional(row, "iccid", Iccid::of),
                Rows.optional(row, "given_iccid", Iccid::of),
                row.getString("request_id"),
                Rows.optional(row, "smdp_host", SmdpAddress::of),
                row.getString("push_reference"),
                Rows.known(row.getString("op_code"), OpCode.class).orElse(null),
                part(row),
                Times.nullable(row, "pushed_at"),
                Times.nullable(row, "deadline_at"),
                new Signs(
                        Times.nullable(row, "activated_at"),
                        row.getObject("grouped_at") != null,
                        "ACKNOWLEDGED".equals(row.getString("push_result")),
                        Times.nullable(row, "acknowledged_at"),
                        row.getObject("verified_at") != null || row.getObject("confirmed_at") != null,
                        row.getObject("confirmed_at") != null,
                        Times.nullable(row, "refused_at"),
                        Rows.optional(row, "warning", Rows::code)),
                Rows.run(row),
                Rows.mdm(row));
    }

    private static @Nullable BatchPart part(ResultSet row) throws SQLException {
        String path = row.getString("part");
        return path == null ? null : new BatchPart(row.getLong("part_of"), path);
    }
}
