package io.celonamdm.control;

import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.device.DeadLetter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as a CSV file (RFC 4180) that is safe to open in a spreadsheet: a leading apostrophe keeps long numbers
 * from being rounded, and text from being read as a formula.
 */
public final class DeadLetterCsv {
    private static final String EID = "EID";
    /** The column that a person fills in after seeing the eSIM on the device. */
    private static final String CONFIRMED = "Confirmed";

    private static final Set<String> YES = Set.of("yes", "y", "true", "x", "1");
    private static final String FORMULA = "=+-@\t\r";
    private static final String MARK = "'";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private DeadLetterCsv() {}

    /** Writes the file, with a header. */
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
                    "Last",
                    CONFIRMED);
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
                        letter.lastAt(),
                        "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The content of a corrected file.
     *
     * @param eids the EIDs to redrive
     * @param confirmed the EIDs of devices on which a person has seen the eSIM
     * @param faults the problems of rows without a readable EID, each with its line
     */
    record Mended(Set<Eid> eids, Set<Eid> confirmed, List<String> faults) {}

    /**
     * Reads the EIDs of a corrected file. It has a column EID, and may have a column Confirmed with {@code yes} in some
     * rows; other columns are ignored. An unreadable row does not affect the others.
     *
     * @throws InvalidValue if the file has no column EID, or no readable row
     */
    static Mended read(String csv) {
        Set<Eid> eids = new LinkedHashSet<>();
        Set<Eid> confirmed = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        try (Rows rows = new Rows(new StringReader(csv))) {
            List<Integer> columns = places(rows.header(), EID);
            List<Integer> confirmations = places(rows.header(), CONFIRMED);
            if (columns.isEmpty()) {
                throw new InvalidValue(ReasonCode.OTHER, "the file has no column EID; keep the header of the export");
            }
            while (rows.hasNext()) {
                Row row = rows.next();
                try {
                    boolean seen = confirmations.stream()
                            .anyMatch(place ->
                                    YES.contains(row.cell(place).strip().toLowerCase(Locale.ROOT)));
                    (seen ? confirmed : eids).add(Eid.of(row.cell(columns.get(0))));
                } catch (InvalidValue e) {
                    String why = row.fault() == null ? e.getMessage() : row.fault();
                    faults.add(String.format(Locale.ROOT, "row on line %d: %s", row.line(), why));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidValue(ReasonCode.OTHER, "the file is no CSV with a header: " + e.getMessage());
        }
        if (eids.isEmpty() && confirmed.isEmpty() && !faults.isEmpty()) {
            throw new InvalidValue(ReasonCode.OTHER, faults.get(0) + "; import changed nothing");
        }
        return new Mended(eids, confirmed, faults);
    }

    private static List<Integer> places(List<String> header, String column) {
        return IntStream.range(0, header.size())
                .filter(place -> column.equalsIgnoreCase(header.get(place)))
                .boxed()
                .toList();
    }

    private static String number(@Nullable Object digits) {
        return digits == null ? "" : MARK + digits;
    }

    private static String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) >= 0 ? MARK + text : text;
    }
}
