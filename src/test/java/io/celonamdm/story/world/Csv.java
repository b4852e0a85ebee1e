package io.celonamdm.story.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An administrator who exports devices into a folder each night, types in orders, and has phones scan codes. */
public final class Csv extends Mdm {
    private static final Path FOLDERS = Path.of(
            "target", "story-csv", String.valueOf(ProcessHandle.current().pid()));
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration USUAL_AGE = Duration.ofMinutes(10);

    /** What an export is. */
    public enum Export {
        /** As it should be. */
        WHOLE,
        /** Something that is not a table. */
        NO_TABLE,
        /** A table without EIDs. */
        WITHOUT_EIDS,
        /** Nothing. */
        EMPTY
    }

    private final Path folder;
    private final boolean full;
    /** What the next export is. */
    public Export next = Export.WHOLE;
    /** Whether the next export is still being written for a while. */
    public boolean writes;

    /** What was exported of each phone, as far as the administrator knows. */
    private final Map<Phone, String> exported = new HashMap<>();

    private final Set<String> orders = new HashSet<>();
    private Instant nextExport;
    private int files;
    private String lastName = "";
    private List<String> lastRows = List.of();

    Csv(World world, int number, boolean full) {
        super(world, number);
        this.full = full;
        folder = folder(number);
        nextExport = world.now().plus(Duration.ofHours(4));
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path each :
                            all.sorted((one, other) -> other.compareTo(one)).toList()) {
                        Files.delete(each);
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a tenant. */
    public static Path folder(int number) {
        return FOLDERS.resolve(String.valueOf(number)).toAbsolutePath();
    }

    @Override
    public Kind kind() {
        return full ? Kind.CSV : Kind.CSV_ADDITIONS;
    }

    @Override
    Reply answer(Received call, Instant now, boolean answered) {
        throw new IllegalStateException("a folder is called: " + call);
    }

    @Override
    public void heal() {
        super.heal();
        next = Export.WHOLE;
        writes = false;
    }

    @Override
    void reachPhones(Instant now) {
        if (!nextExport.isAfter(now)) {
            nextExport = nextExport.plus(DAY);
            export();
            scan(now);
        }
        take(now);
        for (Command order : commands) {
            Phone phone = order.phone;
            if (order.open()
                    && phone.online
                    && phone.tenant == number
                    && !order.sent.plus(phone.slow).isAfter(now)) {
                order.answer = Phone.Mood.WILLING;
                world.downloads(phone, now);
            }
        }
    }

    /** Puts an export into the folder. */
    public void export() {
        List<Phone> shown = collapsed ? List.of() : phones();
        List<String> rows = new ArrayList<>();
        for (Phone phone : shown) {
            String row = row(phone);
            if (full || !row.equals(exported.get(phone))) {
                rows.add(row);
                if (phone.twice) {
                    rows.add(row);
                }
                if (next == Export.WHOLE) {
                    exported.put(phone, row);
                    world.shown(phone, world.now());
                }
            }
        }
        if (!rows.isEmpty() || full) {
            write(full ? "phones.csv" : "phones-" + files + ".csv", rows);
        }
    }

    /** Replaces what waits in the folder by an export of now, whose columns stand elsewhere. */
    public void replace() {
        if (full) {
            export();
        } else if (!lastName.isEmpty() && Files.exists(folder.resolve(lastName))) {
            write(lastName, lastRows);
        }
    }

    private void write(String name, List<String> rows) {
        lastName = name;
        lastRows = rows;
        files++;
        boolean turned = files % 2 == 0;
        String header =
                turned ? "Group,EID,Name,Current ICCID,Serial number" : "EID,Name,Serial number,Group,Current ICCID";
        StringBuilder csv = new StringBuilder();
        csv.append(
                switch (next) {
                    case WHOLE -> header + "\r\n";
                    case NO_TABLE -> "PK\u0003\u0004\u0000\u0001";
                    case WITHOUT_EIDS -> header.replace("EID", "Kind") + "\r\n";
                    case EMPTY -> "";
                });
        if (next != Export.EMPTY) {
            rows.forEach(row -> csv.append(turned ? turned(row) : row).append("\r\n"));
        }
        next = Export.WHOLE;
        Path file = folder.resolve(name);
        Path part = folder.resolve(name + ".part");
        Instant written = world.connectorsNow().minus(writes ? Duration.ZERO : USUAL_AGE);
        writes = false;
        try {
            Files.writeString(part, csv, StandardCharsets.UTF_8);
            Files.setLastModifiedTime(part, FileTime.from(written.plusMillis(files)));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Phone phone) {
        String eid = phone.brokenRecord ? "8.9E+31" : phone.chip ? phone.eid : "";
        return String.join(",", eid, phone.name, phone.serial, phone.group, String.join(";", phone.iccids));
    }

    /** The same row in the other order of columns. */
    private static String turned(String row) {
        String[] cells = row.split(",", -1);
        return String.join(",", cells[3], cells[0], cells[1], cells[4], cells[2]);
    }

    /** Types in the orders that are new. */
    private void take(Instant now) {
        for (Path order : list("push", name -> name.endsWith(".csv") && !orders.contains(name))) {
            orders.add(order.getFileName().toString());
            List<String> lines = lines(order);
            for (String line : lines.subList(1, lines.size())) {
                Phone phone = world.phoneOf(line.substring(0, 32));
                if (!line.contains("LPA:1$sm-v4.pr.go-esim.com$")) {
                    world.violation("ORDER", "no activation code in " + line);
                }
                if (phone != null && phone.tenant == number) {
                    commands.add(new Command(order + " " + phone.id, phone, phone.managementId, now, ""));
                    world.counted("command", phone.eid);
                }
            }
        }
    }

    /** Has the phones scan the codes that are shown of them. */
    private void scan(Instant now) {
        for (Path code : list("qr", name -> name.endsWith(".png"))) {
            String name = code.getFileName().toString();
            Phone phone = world.phoneOf(name.substring(name.length() - 36, name.length() - 4));
            if (phone != null && phone.tenant == number && phone.online) {
                world.downloads(phone, now);
            }
        }
    }

    private List<Path> list(String under, Predicate<String> named) {
        Path where = folder.resolve(under);
        if (!Files.isDirectory(where)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(where)) {
            return all.filter(each -> Files.isRegularFile(each)
                            && named.test(each.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exports that were not put away. */
    public List<String> waiting() {
        return list("", name -> name.endsWith(".csv")).stream()
                .map(each -> each.getFileName().toString())
                .toList();
    }

    /** The results of files that were read, and of which the last word may not have been said, each by its rows. */
    public List<List<String>> openResults() {
        List<List<String>> results = new ArrayList<>();
        for (Path result : list("done", name -> name.endsWith(".result.csv"))) {
            String file = result.getFileName().toString().replaceAll("\\.result\\.csv$", "");
            if (Files.exists(result.resolveSibling("." + file + ".open"))) {
                results.add(lines(result));
            }
        }
        return results;
    }
}
