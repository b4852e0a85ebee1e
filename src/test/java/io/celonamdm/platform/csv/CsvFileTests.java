package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.csv.Rows;
import io.celonamdm.csv.UnreadableFile;
import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of files of any origin. */
class CsvFileTests {
    private static final String EID = "89049032007008882600085727376656";
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final String OTHER = "89049032004008882600004821436874";
    private static final String THIRD = "89049032123451234512345678901235";
    private static final String FOURTH = "89044045116727494800000004479366";

    private final List<BrokenRecord> broken = new ArrayList<>();

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
                .isEqualTo(MdmDevice.builder(EID)
                        .managementId(EID)
                        .name("Truck")
                        .serialNumber("C02")
                        .model("iPad")
                        .user("ann")
                        .os("iPadOS")
                        .category("Field")
                        .eid(EID)
                        .imei("35-2099001761481")
                        .givenIccid("8910521203310000351")
                        .iccids(List.of("1", "2"))
                        .groups(List.of("Drivers", "Loan"))
                        .attributes(java.util.Map.of("Site", "Oslo"))
                        .build());
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
        List<MdmDevice> devices = devices("\n\nEID,Name\n,\n" + EID + "\n\n" + EID + ",a,,\n,no chip\n8.9E+31,x\n");

        assertThat(devices).extracting(MdmDevice::name).containsExactly("", "a", "no chip", "x");
        assertThat(devices).extracting(MdmDevice::eid).containsExactly(EID, EID, null, "8.9E+31");
        assertThat(devices).extracting(MdmDevice::id).containsExactly(EID, EID, "export.csv:8", "export.csv:9");
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
                "EID,Name\\n1,\"a\\n2,\"b\\n3,\"c\\n4,\"d\\n5,\"e\\n6,f | 5 of its 6 rows are not like its header, the first on line 2: a quote",
                "EID\\n1,a\\n2,b\\n3,c\\n4,d\\n5,e | 5 of its 5 rows are not like its header, the first on line 2: line 2 has 2 cells"
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
    void aLineWithoutEndDoesNotFillTheMemory() {
        assertThatThrownBy(() -> devices("EID,Name\n1," + "x,".repeat(600_000)))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("line 2 is longer than 1,000,000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {OTHER + ",\"never closed", OTHER + ",\"never closed,x", "\"" + OTHER + ",a", OTHER + ",a,b,c"})
    void aRowThatIsNotLikeTheOthersCostsNone(String row) throws IOException {
        List<MdmDevice> devices =
                devices("EID,Name\n%s,one\n%s\n%s,\"three, \"\"x\"\"\nand more\"\nEID,Name\n\n%s,four,,\n"
                        .formatted(EID, row, THIRD, FOURTH));

        assertThat(devices).extracting(MdmDevice::eid).containsExactly(EID, THIRD, FOURTH);
        assertThat(devices).extracting(MdmDevice::name).containsExactly("one", "three, \"x\" and more", "four");
        assertThat(broken).singleElement().satisfies(record -> {
            assertThat(record.code()).isEqualTo(ReasonCode.RECORD_UNREADABLE);
            assertThat(record.detail()).startsWith("export.csv: ").contains("line 3");
        });
    }

    @Test
    void ofTwoColumnsWithOneMeaningTheOneThatSaysSomethingCounts() throws IOException {
        List<MdmDevice> devices = devices("""
                EID,Device name,Name,eSIM EID
                N/A,a,,%1$s
                %1$s,b,c,%1$s
                %1$s,b,c,%2$s
                """.formatted(EID, OTHER));

        assertThat(devices).extracting(MdmDevice::eid).containsExactly(EID, EID);
        assertThat(devices).extracting(MdmDevice::name).containsExactly("a", "c");
        assertThat(broken)
                .singleElement()
                .satisfies(record -> assertThat(record.detail()).contains("line 4 has different EIDs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\r\nEID;Name;\r\n_;x;\r\n;;\r\n",
                "EID\tName\r_\tx\r\r\r",
                "\uFEFFsep=;;\n\"EID\";\"Name\"\n\"_\";\"x\"\n",
                "EID,Name\n=\"_\",=\"x\"\n",
                "EID,Name\n\"=\"\"_\"\"\",x\n",
                "EID,Name\n'_,x\n",
                "EID,Name\n\u00A0\u200B_\uFEFF , x\u00A0\n",
                "EID,Name\n_,x\n\u0000\u0000\u0000\u0000",
                "EID,Name\n\u0000_,\u0000x\n"
            })
    void theSameInManyWays(String text) throws IOException {
        assertThat(devices(text.replace("_", EID))).singleElement().satisfies(device -> {
            assertThat(device.id()).isEqualTo(EID);
            assertThat(device.name()).isEqualTo("x");
        });
        assertThat(broken).isEmpty();
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
        try (Rows rows = file.rows()) {
            rows.forEachRemaining(
                    row -> reader.broken(row).ifPresentOrElse(broken::add, () -> devices.add(reader.device(row))));
        }
        return devices;
    }
}
