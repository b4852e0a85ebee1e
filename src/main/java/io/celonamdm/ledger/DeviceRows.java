package io.celonamdm.ledger;

import io.celonamdm.celona.OpCode;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.Device.Signs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Devices out of rows of {@link #SELECT}. */
final class DeviceRows implements RowMapper<Device> {
    static final String SELECT = """
            select d.*, i.record from device d
            join inventory i on i.sync = d.sync and i.eid = d.eid
            """;

    @Override
    public Device mapRow(ResultSet row, int number) throws SQLException {
        long run = row.getLong("run_id");
        Long runId = row.wasNull() ? null : run;
        return new Device(
                row.getLong("id"),
                row.getString("sync"),
                new Eid(row.getString("eid")),
                Step.valueOf(row.getString("step")),
                row.getInt("attempts"),
                row.getString("name"),
                row.getString("device_group"),
                optional(row, "iccid", Iccid::of),
                optional(row, "given_iccid", Iccid::of),
                row.getString("request_id"),
                optional(row, "smdp_host", SmdpAddress::of),
                row.getString("push_reference"),
                optional(row, "op_code", OpCode::valueOf),
                part(row),
                Times.nullable(row, "pushed_at"),
                Times.nullable(row, "deadline_at"),
                new Signs(
                        Times.nullable(row, "activated_at"),
                        row.getObject("grouped_at") != null,
                        "ACKNOWLEDGED".equals(row.getString("push_result")),
                        row.getObject("verified_at") != null || row.getObject("confirmed_at") != null,
                        Times.nullable(row, "refused_at"),
                        optional(row, "warning", ReasonCode::valueOf)),
                runId,
                Json.read(row.getString("record"), MdmDevice.class));
    }

    private static @Nullable BatchPart part(ResultSet row) throws SQLException {
        String path = row.getString("part");
        return path == null ? null : new BatchPart(row.getLong("part_of"), path);
    }

    private static <T> @Nullable T optional(ResultSet row, String column, Function<String, T> type)
            throws SQLException {
        String text = row.getString(column);
        return text == null ? null : type.apply(text);
    }
}
