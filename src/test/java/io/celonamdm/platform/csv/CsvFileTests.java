package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.platform.MdmDevice;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read out of files of any origin. */
class CsvFileTests {
    private static final String EID = "89049032007008882600085727376656";
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    Path folder = Path.of("");

    static Stream<Arguments> everyEncodingWithEverySeparator() {
        return Stream.of(
                        Arguments.of("UTF-8", StandardCharsets.UTF_8, ""),
                        Arguments.of("UTF-8 with mark", StandardCharsets.UTF_8, "\uFEFF"),
                        Arguments.of("UTF-16LE", StandardCharsets.UTF_16LE, ""),
                        Arguments.of("UTF-16LE with mark", StandardCharsets.UTF_16LE, "\uFEFF"),
                        Arguments.of("UTF-16BE", StandardCharsets.UTF_16BE, ""),
                        Arguments.of("UTF-16BE with mark", StandardCharsets.UTF_16BE, "\uFEFF"),
                        Arguments.of("Windows-1252", WINDOWS, ""))
                .flatMap(encoding -> Stream.of(",", ";", "\t", "|")
                        .map(separator ->
                                Arguments.of(encoding.get()[0], encoding.get()[1], encoding.get()[2], separator)));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource
    void everyEncodingWithEverySeparator(String name, Charset charset, String mark, String separator)
            throws IOException {
        String text = mark + "Name_EID_Serial\r\n\"Zoë's, iPad; \"\"two\"\" | x\"_%s_C02\r\n".formatted(EID);

        assertThat(devices(text.replace("_", separator).getBytes(charset)))
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.name()).isEqualTo("Zoë's, iPad; \"two\" | x");
                    assertThat(device.eid()).isEqualTo(EID);
                    assertThat(device.id()).isEqualTo(EID);
                    assertThat(device.managementId()).isEqualTo(EID);
                    assertThat(device.serialNumber()).isEqualTo("C02");
                });
    }

    @Test
    void everyColumnHasItsPlace() throws IOException {
        MdmDevice device = devices("""
                        E-SIM eid, device NAME ,Serial no,Model,User name,Operating System,Category,IMEI,ICCID,Current ICCID,Groups,Site,,Site
                        %s,Truck,C02,iPad,ann,iPadOS,Field,35-2099001761481,8910521203310000351,1;2,"Drivers; Loan ",Oslo,x,Rome
                        """.formatted(EID)).get(0);

        assertThat(device)
                .isEqualTo(new MdmDevice(
                        EID,
                        EID,
                        "Truck",
                        "C02",
                        "iPad",
                        "ann",
                        "iPadOS",
                        "Field",
                        EID,
                        "35-2099001761481",
                        "8910521203310000351",
                        List.of("1", "2"),
                        List.of("Drivers", "Loan"),
                        null,
                        null,
                        null,
                        java.util.Map.of("Site", "Oslo")));
    }

    @Test
    void aLineThatNamesTheSeparatorIsNoHeader() throws IOException {
        assertThat(devices("sep=;\nEID;Name\n" + EID + ";a,b,c,d\n"))
                .singleElement()
                .extracting(MdmDevice::name)
                .isEqualTo("a,b,c,d");
    }

    @Test
    void rowsThatAreEmptyShortOrLongAreTakenAsTheyAre() throws IOException {
        List<MdmDevice> devices = devices("\n\nEID,Name\n,\n" + EID + "\n\n" + EID + ",a,b,c\n,no chip\n8.9E+31,x\n");

        assertThat(devices).extracting(MdmDevice::name).containsExactly("", "a", "no chip", "x");
        assertThat(devices).extracting(MdmDevice::eid).containsExactly(EID, EID, null, "8.9E+31");
        assertThat(devices).extracting(MdmDevice::id).containsExactly(EID, EID, "export.csv:5", "export.csv:6");
    }

    @Test
    void whatOneDeviceSaysFitsIntoTheLedger() throws IOException {
        String columns = String.join(
                ",", Stream.iterate(0, i -> i + 1).limit(500).map(i -> "c" + i).toList());
        String cells = String.join(
                ",", Stream.generate(() -> "x".repeat(900)).limit(500).toList());

        assertThat(devices("EID,Name," + columns + "\n" + EID + ",\uD83D\uDE00\u0007," + cells)
                        .get(0)
                        .attributes())
                .hasSize(60)
                .allSatisfy((key, value) -> assertThat(value).hasSize(500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Name,Serial\\na,b | no column of its first line is called like one of [EID,",
                "'' | nothing is in it",
                "PK<3><4> | it is a workbook or an archive; save it as CSV",
                "EID,Name\\n<1>x<0><0> | it is not text; export it as CSV",
                "EID,Name\\n1,\"never closed\\n2,b | EOF reached before encapsulated token finished"
            })
    void aFileThatCannotBeReadSaysWhy(String content, String why) {
        byte[] bytes = content.replace("\\n", "\n")
                .replace("<0>", "\u0000")
                .replace("<1>", "\u0001")
                .replace("<3>", "\u0003")
                .replace("<4>", "\u0004")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> devices(bytes))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining(why);
    }

    @Test
    void aQuoteThatIsNeverClosedDoesNotFillTheMemory() {
        assertThatThrownBy(() -> devices("EID,Name\n1,\"" + "x,\n".repeat(500_000)))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("a quote may not be closed");
    }

    @Test
    void noBytesDoMoreThanBeRefused() throws IOException {
        Random random = new Random(7);
        byte[] good = ("EID;Name\r\n" + EID + ";\"Zoë \"\"x\"\"\"\r\n").getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = good.clone();
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(devices(bytes)).hasSizeLessThanOrEqualTo(bytes.length);
            } catch (UnreadableFile e) {
                assertThat(e).message().isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 399);
    }

    private List<MdmDevice> devices(String text) throws IOException {
        return devices(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<MdmDevice> devices(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("export.csv"), bytes);
        CsvFile file = CsvFile.examine(FileStamp.of(path), Settings.defaults().columns());
        RowReader reader = new RowReader(file);
        List<MdmDevice> devices = new ArrayList<>();
        try (CsvRows rows = file.rows()) {
            rows.forEachRemaining(row -> devices.add(reader.device(row)));
        }
        return devices;
    }
}
