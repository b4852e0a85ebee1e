package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.run.Looks;
import io.celonamdm.ledger.run.Looks.Look;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.preflight.Finding;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.Result;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nights of syncs whose MDM is a folder; the test acts as the administrator, who drops exports and imports orders. */
class CsvNightTest extends NightTest {
    private static final String WHOLE = "whole";
    private static final String BY_DAY = "by-day";
    private static final int PHONES = 12;
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(2 * PHONES + 2, 21));
    private static final String HEADER = "EID;Device name;Serial Number;Group\r\n";

    @TempDir
    static Path additions = Path.of("");

    @TempDir
    static Path full = Path.of("");

    @TempDir
    static Path byDay = Path.of("");

    @Autowired
    Preflight preflight;

    @Autowired
    DeviceControl control;

    @Autowired
    Looks looks;

    private final CellularPlans plans = new CellularPlans(SIMULATION.celona().smdp());
    private final Set<Path> imported = new HashSet<>();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        settings(registry, SIMULATION, WHOLE);
        settings(registry, SIMULATION, BY_DAY);
        // files are put away at the end of a firing, which goes on for its slice while phones are looked at
        registry.add("connector.work-slice", () -> "2s");
        for (String sync : List.of(SYNC, WHOLE, BY_DAY)) {
            registry.add("connector.syncs." + sync + ".mdm.platform", () -> "csv");
            registry.add("connector.syncs." + sync + ".mdm.csv.settle", () -> "0s");
            registry.add("connector.syncs." + sync + ".mdm.page-size", () -> 5);
            // nobody imports some of the orders
            registry.add("connector.syncs." + sync + ".celona.provision.patience", () -> "6s");
        }
        registry.add("connector.syncs." + SYNC + ".mdm.folder", additions::toString);
        registry.add("connector.syncs." + WHOLE + ".mdm.folder", full::toString);
        registry.add("connector.syncs." + WHOLE + ".mdm.csv.mode", () -> "full");
        registry.add("connector.syncs." + BY_DAY + ".mdm.folder", byDay::toString);
        registry.add("connector.syncs." + BY_DAY + ".between", () -> "12h"); // the test says when it is time
    }

    @BeforeEach
    void forgetEarlierTests() throws IOException {
        for (Path folder : List.of(additions, full)) {
            imported.addAll(files(folder.resolve("push")));
        }
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    @Test
    void aPreflightLooksAtTheFolder() {
        assertThat(preflight.of(List.of(syncs.get(WHOLE)), "a test").get(0).findings())
                .filteredOn(finding -> finding.check().equals("csv folder"))
                .singleElement()
                .returns(Result.OK, Finding::result)
                .returns(full + " can be read and written; files that wait: 0", Finding::seen);
    }

    @Test
    void exportsComeInAndOrdersAndResultsGoOut() throws Exception {
        List<Phone> phones = SIMULATION.fleet().phones().subList(0, PHONES);
        Phone off = phones.get(3);
        off.behaviour().online(false);
        StringBuilder export = new StringBuilder(HEADER);
        phones.forEach(phone -> export.append(row(phone)));
        export.append("8,9049E+31;Rounded;S1;\r\n;No chip;S2;\r\n");
        Files.write(additions.resolve("phones.csv"), export.toString().getBytes(StandardCharsets.UTF_16LE));
        Files.write(additions.resolve("phones.xlsx"), new byte[] {'P', 'K', 3, 4, 9, 9});
        Files.writeString(additions.resolve("growing.csv.part"), "EID\n1");

        Map<String, String> before = content(additions);
        Run plan = run(SYNC, true);
        assertThat(plan.outcome()).isEqualTo(Run.Outcome.PLANNED);
        assertThat(plan.planned()).isEqualTo(PHONES);
        assertThat(content(additions)).as("a plan leaves the folder as it is").isEqualTo(before);

        Run night = run(SYNC, false);

        assertThat(night.outcome()).as("a spreadsheet is no CSV; %s", ledger()).isEqualTo(Run.Outcome.PARTIAL);
        assertThat(night.report())
                .contains("\"EID_SCIENTIFIC\":1")
                .contains("\"NO_EID\":1")
                .contains("\"FILE_UNREADABLE\":1");
        assertThat(phones).filteredOn(phone -> phone != off).allSatisfy(phone -> {
            assertThat(whereIs(phone)).as("nobody has seen it yet").isEqualTo("WAITING CONFIRM UNCONFIRMED");
            assertThat(phone.celonaIccids()).hasSize(1);
        });
        assertThat(files(additions)).extracting(CsvNightTest::name).containsExactly("growing.csv.part");
        assertThat(files(additions.resolve("rejected")))
                .hasSize(2)
                .anySatisfy(file -> assertThat(file)
                        .content()
                        .contains("REJECTED,,FILE_UNREADABLE,it is a workbook or an archive; save it as CSV"));
        assertThat(files(additions.resolve("done")))
                .filteredOn(file -> !name(file).startsWith("."))
                .hasSize(2);

        List<CSVRecord> rows = result();
        assertThat(rows).hasSize(PHONES + 2);
        assertThat(rows.subList(0, PHONES))
                .filteredOn(row -> !row.get("EID").equals(spaced(off.eid())))
                .hasSize(PHONES - 1)
                .allSatisfy(row -> {
                    assertThat(row.toMap())
                            .containsEntry("State", "WAITING")
                            .containsEntry("Step", "CONFIRM")
                            .containsEntry("Code", "UNCONFIRMED")
                            .containsEntry(
                                    "Reason",
                                    "the eSIM is active at Celona, and the device has not been seen with it yet");
                    assertThat(row.get("ICCID").replace(" ", ""))
                            .startsWith("89")
                            .hasSizeBetween(19, 20);
                });
        assertThat(rows.get(3).toMap()).containsEntry("State", "WAITING").containsEntry("Code", "NOT_PROVISIONED");
        assertThat(rows.get(PHONES).toMap()).containsEntry("State", "LEFT_OUT").containsEntry("Code", "EID_SCIENTIFIC");
        assertThat(rows.get(PHONES + 1).toMap()).containsEntry("Code", "NO_EID");

        assertThat(codes()).as("active or not, none was seen").hasSize(PHONES);
        for (Path code : codes()) {
            assertThat(scanned(code)).matches("LPA:1\\$[a-z0-9.-]+\\$");
        }
        assertThat(additions.resolve("qr/index.html")).content().contains(off.eid() + ".png");

        StringBuilder seen = new StringBuilder(HEADER.strip() + ";Current ICCID\r\n");
        for (Phone phone : phones) {
            seen.append(row(phone).strip())
                    .append(";")
                    .append(String.join(",", phone.celonaIccids()))
                    .append("\r\n");
        }
        Files.writeString(additions.resolve("seen.csv"), seen);
        run(SYNC, false);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ledger()).containsEntry("DONE DONE", PHONES - 1L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(codes())
                        .singleElement()
                        .satisfies(code -> assertThat(name(code)).endsWith("-" + off.eid() + ".png")));

        off.behaviour().online(true);
        await().atMost(PATIENCE).until(() -> whereIs(off).equals("WAITING CONFIRM UNCONFIRMED"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(result().get(3).get("Step")).isEqualTo("CONFIRM"));
        assertThat(codes()).as("active, and not seen").hasSize(1);

        control.take(DeviceAction.CONFIRM, syncs.get(SYNC), off.eid(), "seen on the forklift", null);
        await().atMost(PATIENCE).until(() -> whereIs(off).equals("DONE DONE"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(result().get(3).get("State")).isEqualTo("DONE"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(files(additions.resolve("qr")))
                        .extracting(CsvNightTest::name)
                        .containsExactly("index.html"));

        Map<String, String> atRest = content(additions);
        assertThat(atRest.keySet()).noneMatch(name -> name.endsWith(".open"));
        assertThat(run(SYNC, false).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(content(additions)).as("nothing is taken twice").isEqualTo(atRest);
        assertThat(SIMULATION.celona().truth().eidsAssignedTwice()).isEmpty();
        assertThat(whereIs(phones.get(0))).as("no file says nothing").isEqualTo("DONE DONE");
    }

    @Test
    void aFullSetOfFilesIsTheWholeInventory() throws IOException {
        List<Phone> phones = SIMULATION.fleet().phones().subList(PHONES, PHONES + 4);
        phones.forEach(phone -> phone.behaviour().online(false));
        Files.writeString(full.resolve("a.csv"), HEADER + row(phones.get(0)) + row(phones.get(1)));
        Files.writeString(full.resolve("b.csv"), HEADER + row(phones.get(2)));
        Files.writeString(full.resolve("c.csv"), "Name\r\nno EID at all\r\n");

        assertThat(run(WHOLE, false).planned()).isZero();
        assertThat(files(full)).isEmpty();
        assertThat(files(full.resolve("rejected")))
                .as("half a set would tell of devices that are gone")
                .hasSize(6);

        Files.writeString(full.resolve("a.csv"), HEADER + row(phones.get(0)) + row(phones.get(1)));
        Files.writeString(full.resolve("b.csv"), HEADER + row(phones.get(2)));
        assertThat(run(WHOLE, false).planned()).isEqualTo(3);

        assertThat(run(WHOLE, false).outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(whereIs(phones.get(0))).as("no file says nothing").startsWith("WAITING ACTIVATE");

        Files.writeString(full.resolve("next.csv"), HEADER + row(phones.get(1)) + row(phones.get(3)));
        assertThat(run(WHOLE, false).planned()).isEqualTo(1);
        assertThat(whereIs(phones.get(0))).isEqualTo("HELD ACTIVATE GONE");
        assertThat(whereIs(phones.get(2))).isEqualTo("HELD ACTIVATE GONE");
        assertThat(whereIs(phones.get(1))).startsWith("WAITING ACTIVATE");
    }

    @Test
    void aFileThatArrivesByDayIsReadByALookAndStaysForTheNight() throws IOException, SchedulerException {
        List<Phone> phones = SIMULATION.fleet().phones().subList(2 * PHONES, 2 * PHONES + 2);
        Files.writeString(byDay.resolve("first.csv"), HEADER + row(phones.get(0)));
        assertThat(run(BY_DAY, false).planned()).isEqualTo(1);
        Files.writeString(byDay.resolve("second.csv"), HEADER + row(phones.get(0)) + row(phones.get(1)));
        String before = Objects.requireNonNull(content(byDay).get("second.csv"));

        SyncName name = new SyncName(BY_DAY);
        jdbc.sql("update sync set look_due_at = :now, look_at = null where name = :name")
                .param("now", Instant.now().atOffset(ZoneOffset.UTC))
                .param("name", BY_DAY)
                .update();
        triggers.now(name);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(looks.find(name).orElseThrow())
                        .returns(1, Look::found)
                        .returns(1, Look::admitted));
        await().atMost(PATIENCE).until(() -> {
            importOrders(byDay);
            return whereIs(phones.get(1)).equals("WAITING CONFIRM UNCONFIRMED");
        });
        assertThat(content(byDay)).as("the night reads the file").containsEntry("second.csv", before);
        assertThat(runs.history(name, 10)).as("no look is a run").hasSize(1);

        Run night = run(BY_DAY, false);

        assertThat(night.outcome()).isEqualTo(Run.Outcome.SUCCESS);
        assertThat(night.planned()).as("both are known").isZero();
        assertThat(files(byDay.resolve("done")))
                .extracting(CsvNightTest::name)
                .anyMatch(file -> file.endsWith("-second.csv"));
    }

    /** Runs a night to its end, and imports what it orders. */
    private Run run(String sync, boolean planOnly) {
        assertThat(trigger.run(syncs.get(sync), planOnly)).isTrue();
        long id = runs.open(new SyncName(sync)).orElseThrow().id();
        await().atMost(PATIENCE).until(() -> {
            importOrders(folder(sync));
            return runs.find(id).orElseThrow().closedAt() != null;
        });
        awaitReport(folder(sync), planOnly);
        return runs.find(id).orElseThrow();
    }

    private static Path folder(String sync) {
        return switch (sync) {
            case WHOLE -> full;
            case BY_DAY -> byDay;
            default -> additions;
        };
    }

    /** The files are put away right after the run was closed. */
    private static void awaitReport(Path folder, boolean planOnly) {
        if (!planOnly) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(files(folder))
                            .allMatch(file -> name(file).endsWith(".part")));
        }
    }

    /** What an administrator does with an order: each device is told to download from the address. */
    private void importOrders(Path folder) throws IOException {
        for (Path order : files(folder.resolve("push"))) {
            if (!name(order).startsWith(".") && imported.add(order)) {
                for (CSVRecord row : records(order, ',')) {
                    assertThat(row.get("Activation code")).isEqualTo("LPA:1$" + row.get("SM-DP+ host") + "$");
                    Phone phone = SIMULATION.fleet().phone(row.get("EID")).orElseThrow();
                    plans.refresh(phone, row.get("SM-DP+ address"), answer -> {});
                }
            }
        }
    }

    private static List<Path> codes() throws IOException {
        return files(additions.resolve("qr")).stream()
                .filter(file -> name(file).endsWith(".png"))
                .toList();
    }

    private static List<CSVRecord> result() throws IOException {
        Path file = files(additions.resolve("done")).stream()
                .filter(each -> name(each).endsWith("-phones.csv.result.csv"))
                .findFirst()
                .orElseThrow();
        return records(file, ';');
    }

    private static List<CSVRecord> records(Path file, char separator) throws IOException {
        String text = Files.readString(file).replace("\uFEFF", "");
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.getRecords();
        }
    }

    private static String row(Phone phone) {
        return phone.eid() + ";\"" + phone.name().replace("\"", "\"\"") + "\";" + phone.serialNumber() + ";Drivers\r\n";
    }

    private static String spaced(String eid) {
        return eid.replaceAll("(\\d{4})(?=\\d)", "$1 ");
    }

    private static String scanned(Path image) throws Exception {
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new BufferedImageLuminanceSource(ImageIO.read(image.toFile())))))
                .getText();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Every file below a folder, with its time and bytes. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                content.put(
                        folder.relativize(each).toString(),
                        Files.isDirectory(each)
                                ? "folder"
                                : Files.getLastModifiedTime(each) + " "
                                        + new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
