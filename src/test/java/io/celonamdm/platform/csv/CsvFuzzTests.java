package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.csv.Row;
import io.celonamdm.csv.Rows;
import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.EidCheck;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Whatever lies in the folder, a file is read with each of its rows, or refused as a whole. */
class CsvFuzzTests {
    private static final String EID = "89049032007008882600085727376656";

    private Path file = Path.of("");

    @BeforeProperty
    void create() throws IOException {
        file = Files.createTempFile("fuzz", ".csv");
    }

    @AfterProperty
    void delete() throws IOException {
        Files.delete(file);
    }

    /** What a row of a file with the columns EID, Name and Note says. */
    record Device(String eid, String name, String note) {}

    @Provide
    Arbitrary<Device> rows() {
        Arbitrary<String> cells = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().withChars(",;\t|\"'\r\n =").ofMaxLength(10));
        Arbitrary<String> eids = Arbitraries.oneOf(
                Arbitraries.just(EID), Arbitraries.strings().numeric().ofMaxLength(40), cells);
        return Combinators.combine(eids, cells, cells)
                .as((eid, name, note) -> new Device(clean(eid), clean(name), clean(note)));
    }

    /** Text files have no NUL, and half a surrogate pair cannot be written in any encoding. */
    private static String clean(String cell) {
        return cell.replaceAll("[\\x00\\p{Cs}\uFEFF]", "")
                .replaceAll("^[\\s\\p{Z}\\p{Cf}='\u2019]+|[\\s\\p{Z}\\p{Cf}]+$", "")
                .replace("\r", "");
    }

    @Property(tries = 300)
    void everyRowOfAProperFileIsADeviceOrHasAFinding(
            @ForAll @Size(min = 1, max = 12) List<@From("rows") Device> rows,
            @ForAll("separators") char separator,
            @ForAll("charsets") Charset charset)
            throws IOException {
        StringWriter text = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(
                text,
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(separator)
                        .setQuoteMode(QuoteMode.ALL)
                        .get())) {
            csv.printRecord("EID", "Name", "Note");
            for (Device row : rows) {
                csv.printRecord(row.eid, row.name, row.note);
            }
        }
        Files.writeString(file, text.toString(), charset);

        List<Device> expected = rows.stream()
                .filter(row -> !(row.eid + row.name + row.note).isBlank())
                .toList();
        CsvFile examined =
                CsvFile.examine(FileStamp.of(file), Settings.defaults().columns());
        RowReader reader = new RowReader(examined);
        List<String> names = new ArrayList<>();
        try (Rows read = examined.rows()) {
            read.forEachRemaining(row -> {
                MdmDevice device = reader.device(row);
                assertThat(device.id()).isNotEmpty();
                assertServedOrFound(reader, row);
                names.add(device.name());
            });
        }
        assertThat(names.stream().map(CsvFuzzTests::visible))
                .containsExactlyElementsOf(
                        expected.stream().map(row -> visible(row.name)).toList());
    }

    private static String visible(String name) {
        return name.replaceAll("[\\s\\p{Z}\\p{C}]+", "");
    }

    @Provide
    Arbitrary<Character> separators() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    @Property(tries = 500)
    void aDamagedFileIsReadToItsEndOrRefused(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 8) int changes,
            @ForAll @IntRange(max = 12) int count)
            throws IOException {
        StringBuilder text = new StringBuilder("EID;Name;Groups\r\n");
        for (int i = 0; i < count; i++) {
            text.append(EID).append(";\"Phone; ").append(i).append("\";a;b\r\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(file, bytes);

        CsvFile examined;
        try {
            examined = CsvFile.examine(FileStamp.of(file), Settings.defaults().columns());
        } catch (UnreadableFile e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        RowReader reader = new RowReader(examined);
        try (Rows rows = examined.rows()) {
            // what could be examined to its end can be read to its end
            rows.forEachRemaining(row -> {
                assertThat(reader.device(row).id()).isNotEmpty();
                assertServedOrFound(reader, row);
            });
        }
    }

    /** A line of a file that is as odd as can be, and one line. */
    @Provide
    Arbitrary<String> oddLines() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(40),
                        Arbitraries.strings()
                                .withChars(",;\t\"'= \u0000\uFEFF8")
                                .ofMaxLength(20),
                        Arbitraries.of(
                                "N/A,x,y", "EID,Name,Note", "8.9049E+31,x", ",\"", "\"", "a,\"b", "\"a\"b,c,d,e,f"))
                .map(line -> line.replaceAll("[\r\n\\p{Cs}]", ""));
    }

    @Property(tries = 500)
    void anOddLineAnywhereCostsNoOtherRow(
            @ForAll("oddLines") String odd,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(max = 9) int at,
            @ForAll("lineEnds") String end)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            lines.add("%s,\"Phone, %d\",x".formatted(EID.substring(0, 31) + i, i));
        }
        lines.add(Math.min(at, rows), odd);
        Files.writeString(file, "EID,Name,Note" + end + String.join(end, lines) + end);

        CsvFile examined =
                CsvFile.examine(FileStamp.of(file), Settings.defaults().columns());
        RowReader reader = new RowReader(examined);
        List<String> names = new ArrayList<>();
        try (Rows read = examined.rows()) {
            read.forEachRemaining(row -> {
                if (reader.broken(row).isEmpty()) {
                    names.add(reader.device(row).name());
                }
            });
        }
        for (int i = 0; i < rows; i++) {
            assertThat(names).contains("Phone, " + i);
        }
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n");
    }

    private static void assertServedOrFound(RowReader reader, Row row) {
        assertThat(reader.eid(row).isPresent() && reader.broken(row).isEmpty())
                .isNotEqualTo(reader.finding(row, EidCheck.OFF).isPresent());
    }
}
