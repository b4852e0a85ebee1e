package io.celonamdm.platform.csv;

import io.celonamdm.csv.Row;
import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a file. */
final class RowReader {
    private static final int LONGEST_FILE_NAME = 50;

    private final Columns columns;
    private final String file;

    RowReader(CsvFile file) {
        columns = file.columns();
        String name = file.stamp().name();
        this.file = name.length() <= LONGEST_FILE_NAME ? name : name.substring(0, LONGEST_FILE_NAME);
    }

    /**
     * The row's device. Its id is its EID, so another file shows the same device again; order files use the EID too.
     */
    MdmDevice device(Row row) {
        String raw = columns.value(row, Field.EID);
        String id = eid(row).map(Eid::value).orElse(file + ":" + row.line());
        return MdmDevice.builder(id)
                .managementId(id)
                .name(columns.value(row, Field.NAME))
                .serialNumber(columns.value(row, Field.SERIAL_NUMBER))
                .model(columns.value(row, Field.MODEL))
                .user(columns.value(row, Field.USER))
                .os(columns.value(row, Field.OS))
                .category(columns.value(row, Field.CATEGORY))
                .eid(raw.isEmpty() ? null : raw)
                .imei(filled(columns.value(row, Field.IMEI)))
                .givenIccid(filled(columns.value(row, Field.GIVEN_ICCID)))
                .iccids(list(columns.value(row, Field.ICCIDS)))
                .groups(list(columns.value(row, Field.GROUPS)))
                .attributes(columns.attributes(row))
                .build();
    }

    /** A cell of the row. */
    String value(Row row, Field field) {
        return columns.value(row, field);
    }

    /** The row's EID, if it is one. */
    Optional<Eid> eid(Row row) {
        return eid(columns.value(row, Field.EID));
    }

    private static Optional<Eid> eid(String cell) {
        try {
            return Optional.of(Eid.of(cell));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** Why the row is skipped or flagged; the pull has the same finding. */
    Optional<Finding> finding(Row row, EidCheck check) {
        Optional<String> fault = fault(row);
        if (fault.isPresent()) {
            return Optional.of(new Finding(ReasonCode.RECORD_UNREADABLE, fault.get(), true));
        }
        String raw = columns.value(row, Field.EID);
        if (raw.isEmpty()) {
            return Optional.of(new Finding(ReasonCode.NO_EID, "the row has no EID", true));
        }
        try {
            Eid eid = Eid.of(raw);
            boolean right = check == EidCheck.OFF || eid.checkDigitsValid();
            return right
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            ReasonCode.EID_CHECK_DIGITS, "its check digits are wrong", check == EidCheck.STRICT));
        } catch (InvalidValue e) {
            return Optional.of(new Finding(e.code(), String.valueOf(e.getMessage()), true));
        }
    }

    /**
     * A finding about a row.
     *
     * @param code the stable code
     * @param reason the reason in words
     * @param leftOut whether the device is not served
     */
    record Finding(ReasonCode code, String reason, boolean leftOut) {}

    /** The pull's finding about an unusable row; empty for a usable one. */
    Optional<BrokenRecord> broken(Row row) {
        return fault(row)
                .map(fault -> new BrokenRecord(
                        eid(row).map(Eid::value).orElse(file + ":" + row.line()),
                        ReasonCode.RECORD_UNREADABLE,
                        file + ": " + fault));
    }

    private Optional<String> fault(Row row) {
        if (row.fault() != null) {
            return Optional.of(row.fault());
        }
        long eids = columns.values(row, Field.EID).stream()
                .flatMap(cell -> eid(cell).stream())
                .distinct()
                .count();
        return eids > 1
                ? Optional.of("line %d has different EIDs in its columns".formatted(row.line()))
                : Optional.empty();
    }

    private static List<String> list(String cell) {
        return Stream.of(cell.split(";", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static @Nullable String filled(String cell) {
        return cell.isEmpty() ? null : cell;
    }
}
