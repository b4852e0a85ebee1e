package io.celonamdm.platform.csv;

import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.plan.OrderColumn;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Component;

/** Writes order files, which say where each device downloads its eSIM; an administrator imports them. */
@Component
public class CsvPush {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock;

    CsvPush(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes one file for the devices of an order. Nobody reports its outcome, so each device counts as commanded from
     * now on, by a command without a status.
     *
     * @throws KnownFailure with {@code FOLDER_UNUSABLE} if the file cannot be written; nobody sees half of one
     */
    public List<PushOutcome> write(@ExchangeProperty("sync") Sync sync, @Body PushOrder order) {
        try {
            writeFile(sync, order);
        } catch (IOException e) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.TRANSIENT,
                    ReasonCode.FOLDER_UNUSABLE,
                    "an order could not be written into push/ below mdm.folder = %s, and is written later: %s"
                            .formatted(sync.mdm().folder(), e),
                    null));
        }
        return order.targets().stream()
                .<PushOutcome>map(target -> new PushOutcome.Sent(target.eid(), ""))
                .toList();
    }

    private void writeFile(Sync sync, PushOrder order) throws IOException {
        Path folder = Inbox.of(sync.mdm().folder()).push();
        List<OrderColumn> columns = sync.mdm().csv().orders().columns().stream()
                .map(column -> new OrderColumn(column, order.address()))
                .toList();
        SafeFile.write(folder.resolve(name(order)), out -> {
            try (CSVPrinter cells =
                    new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.DEFAULT)) {
                cells.printRecord(columns.stream().map(OrderColumn::header));
                for (Target target : order.targets()) {
                    Eid eid = new Eid(target.eid());
                    cells.printRecord(columns.stream().map(column -> Cells.of(column.of(target.device(), eid))));
                }
            }
        });
    }

    /** Orders of the same second differ in their devices, and so in the end of their names. */
    private String name(PushOrder order) {
        int devices = order.targets().stream().map(Target::eid).toList().hashCode();
        return "push-%s-%08x.csv".formatted(TIME.format(clock.instant()), devices);
    }
}
