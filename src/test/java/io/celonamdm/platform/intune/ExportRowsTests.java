package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ExportRowsTests {
    private static final String HEADER = "device id,Azure AD Device ID,OS,EID,Some new column\r\n";

    private static byte[] zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static ExportRows rows(byte[] zip) {
        return ExportRows.open(new ByteArrayInputStream(zip));
    }

    @Test
    void headersOfOlderReportsAndOnesNotKnown() throws IOException {
        ExportRows rows = rows(zip("a.CSV", HEADER + "1,2,iOS,890,\"new, \"\"quoted\"\"\nvalue\"\r\n"));

        assertThat(rows.hasNext()).isTrue();
        assertThat(rows.next().fields())
                .isEqualTo(Map.of(Column.DEVICE_ID, "1", Column.ENTRA_ID, "2", Column.OS, "iOS", Column.EID, "890"));
        assertThat(rows.hasNext()).isFalse();
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void aColumnThatIsMissing() throws IOException {
        byte[] zip = zip("a.csv", "Device ID,OS\r\n");

        assertThatThrownBy(() -> rows(zip)).isInstanceOf(UnreadableExport.class).hasMessageContaining("EID");
    }

    @Test
    void aRowThatIsTooShortOrLongCostsNoOther() throws IOException {
        ExportRows rows = rows(zip("a.csv", HEADER + "1,2\r\n2,b,iOS,,x,y\r\n3,c,\"iOS,,x\r\n4,d,iOS,,x\r\n"));

        assertThat(rows.next().fault()).isEqualTo("line 2 has 2 cells, and the header 5");
        assertThat(rows.next().fault()).isEqualTo("line 3 has 6 cells, and the header 5");
        assertThat(rows.next().fault()).isEqualTo("a quote on line 4 is not closed");
        assertThat(rows.next()).satisfies(row -> {
            assertThat(row.fault()).isNull();
            assertThat(row.fields()).containsEntry(Column.DEVICE_ID, "4");
        });
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void ofTwoColumnsWithOneMeaningTheWordCounts() throws IOException {
        ExportRows rows = rows(
                zip("a.csv", "sep=;\r\nDevice ID;DeviceType;OS;EID;\r\n1;8;iOS;8;\r\n2;Android;11;;\r\n3;9;;;\r\n"));

        assertThat(rows.next().fields()).containsEntry(Column.OS, "iOS");
        assertThat(rows.next().fields()).containsEntry(Column.OS, "Android");
        assertThat(DeviceReader.read(rows.next().fields()).os()).isEqualTo("iPadOS");
    }

    @Test
    void aReportInUtf16() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write(("\uFEFF" + HEADER + "1,2,iOS,8904,x\r\n").getBytes(StandardCharsets.UTF_16LE));
        }

        assertThat(rows(bytes.toByteArray()).next().fields()).containsEntry(Column.DEVICE_ID, "1");
    }

    @Test
    void aZipWithoutACsv() throws IOException {
        byte[] zip = zip("a.json", "[]");

        assertThatThrownBy(() -> rows(zip)).isInstanceOf(UnreadableExport.class).hasMessageContaining("no CSV");
    }

    @Test
    void aBitThatFlippedOnTheWay() throws IOException {
        byte[] zip = zip("a.csv", HEADER + "1,2,iOS,8904,x\r\n".repeat(2000));
        zip[zip.length / 2] ^= 0x10;

        assertThatThrownBy(() -> readAll(zip)).isInstanceOf(UnreadableExport.class);
    }

    @Test
    void aZipThatIsCutOffAnywhereInItsContent() throws IOException {
        byte[] zip = zip("a.csv", HEADER + "1,2,iOS,8904,x\r\n".repeat(2000));

        for (int length = 0; length < 150; length += 10) {
            byte[] part = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> readAll(part)).as("%s bytes", part.length).isInstanceOf(UnreadableExport.class);
        }
    }

    @Test
    void aZipBomb() throws IOException {
        byte[] zip = zip("a.csv", HEADER + "1,2,iOS,8904,x\r\n" + "\r\n".repeat(20_000_000));

        assertThatThrownBy(() -> readAll(zip))
                .isInstanceOf(UnreadableExport.class)
                .hasMessageContaining("unpack");
    }

    private static void readAll(byte[] zip) {
        ExportRows rows = rows(zip);
        while (rows.hasNext()) {
            rows.next();
        }
    }
}
