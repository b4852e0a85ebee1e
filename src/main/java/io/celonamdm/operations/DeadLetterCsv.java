package io.celonamdm.operations;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.DeadLetter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as a CSV file (RFC 4180) that is safe to open in a spreadsheet: a leading apostrophe keeps a long number
 * from being rounded, and text from being taken as a formula.
 */
public final class DeadLetterCsv {
    private static final String EID = "EID";
    private static final String FORMULA = "=+-@\t\r";
    private static final String MARK = "'";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private DeadLetterCsv() {}

    /** The file, with a header. */
    public static String write(List<DeadLetter> letters) {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(
                    EID,
                    "ICCID",
                    "Name",
                    "Group",
                    "MDM id",
                    "Step",
                    "Code",
                    "Reason",
                    "Attempts",
                    "Run",
                    "First",
                    "Last");
            for (DeadLetter letter : letters) {
                printer.printRecord(
                        number(letter.eid()),
                        number(letter.iccid()),
                        text(letter.name()),
                        text(letter.group()),
                        text(letter.mdmId()),
                        letter.step(),
                        letter.code(),
                        text(letter.reason()),
                        letter.attempts(),
                        letter.run(),
                        letter.firstAt(),
                        letter.lastAt());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The EIDs of a mended file, which has a column EID; its other columns are not read.
     *
     * @throws InvalidValue if the file has no such column, or a row whose EID is none; the message names the line
     */
    static Set<String> read(String csv) {
        String text = csv.startsWith(BYTE_ORDER_MARK) ? csv.substring(1) : csv;
        CSVFormat withHeader = FORMAT.builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true)
                .get();
        Set<String> eids = new LinkedHashSet<>();
        try (CSVParser rows = withHeader.parse(new StringReader(text))) {
            if (rows.getHeaderNames().stream().noneMatch(EID::equalsIgnoreCase)) {
                throw new InvalidValue(ReasonCode.OTHER, "the file has no column EID; keep the header of the export");
            }
            for (CSVRecord row : rows) {
                eids.add(eid(row));
            }
        } catch (InvalidValue e) {
            throw e;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidValue(ReasonCode.OTHER, "the file is no CSV with a header: " + e.getMessage());
        }
        return eids;
    }

    private static String eid(CSVRecord row) {
        String cell = row.isSet(EID) ? row.get(EID).strip() : "";
        try {
            return Eid.of(cell.startsWith(MARK) ? cell.substring(1) : cell).value();
        } catch (InvalidValue e) {
            throw new InvalidValue(
                    e.code(),
                    String.format(
                            Locale.ROOT, "row %d: %s; nothing was redriven", row.getRecordNumber(), e.getMessage()));
        }
    }

    private static String number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? "" : MARK + digits;
    }

    private static String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) >= 0 ? MARK + text : text;
    }
}
