package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.simulator.phone.Phone;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One fault at one call, for one phone in a sync that has no other fault. */
final class MatrixCell {
    /** From then on, a device that is asked for again and again without any complaint is one that is waited for. */
    private static final int SEVERAL = 4;

    /** Waits that a phone which is off causes, and no fault. */
    private static final String NORMAL = "NOT_PROVISIONED";

    private static final String ASKED_AGAIN = "asked again";

    private static final Duration ALMOST_AN_HOUR = Duration.ofMinutes(59);

    private final MatrixFault fault;
    private final MatrixCall call;
    private final MatrixVendors vendors;
    private final BreakableConnections connections;
    private final JdbcClient jdbc;
    private final Phone phone;
    private final long calledBefore;
    private final long receivedBefore;
    private final long journalledBefore;
    private @Nullable String seen;

    MatrixCell(
            MatrixFault fault,
            MatrixCall call,
            MatrixVendors vendors,
            BreakableConnections connections,
            JdbcClient jdbc) {
        this.fault = fault;
        this.call = call;
        this.vendors = vendors;
        this.connections = connections;
        this.jdbc = jdbc;
        phone = vendors.fleet(call.vendor).add("Phone " + call);
        // what became of a command is asked only while the phone has not downloaded its eSIM
        phone.behaviour().downloadDelay(Duration.ofMillis(20)).online(!call.asksForFate());
        calledBefore = connections.count(call.port(vendors), call::is);
        receivedBefore = call.received(vendors);
        journalledBefore = journalled();
    }

    /** From now on, the call fails. */
    void begin() {
        if (fault.broken() != null) {
            connections.cut(call.port(vendors), call::is, fault.broken());
        } else {
            call.faults(vendors)
                    .always(
                            call.method,
                            call.path,
                            (request, endpoint) -> call.is(request)
                                    ? Objects.requireNonNull(fault.fault()).apply(request, endpoint)
                                    : endpoint.answer(request));
        }
    }

    /**
     * Looks whether something has become of the device. If so, it is held against what the vendor has received, and the
     * fault is over.
     */
    boolean hasOutcome() {
        if (seen != null) {
            return true;
        }
        String outcome = outcome();
        if (outcome.isEmpty()) {
            return false;
        }
        seen = outcome;
        if (!outcome.equals("done")) {
            assertNothingWasRepeated(outcome.equals(ASKED_AGAIN));
            seen = isAskedUntilTimeout() ? "asked again, " + outcome : outcome + times(outcome);
        }
        connections.mend(call.port(vendors));
        call.faults(vendors).clear();
        phone.behaviour().online(true);
        return true;
    }

    /** What has become of the device, in the words of the table. */
    String seen() {
        return Objects.requireNonNull(seen, toString());
    }

    /** What goes wrong with the call. */
    MatrixFault fault() {
        return fault;
    }

    /** The call that fails. */
    MatrixCall call() {
        return call;
    }

    /** The sync that it happened to. */
    String sync() {
        return fault.sync(call.vendor);
    }

    /** Whether the device has gone on to where it must be once the fault is over. */
    boolean isSettled() {
        Set<String> places = seen().startsWith("run fails") || seen().startsWith("left out")
                ? Set.of("nowhere")
                : seen().startsWith("in doubt")
                        ? Set.of("IN_DOUBT")
                        : seen().startsWith("dead letter") ? Set.of("DEAD") : Set.of("DONE");
        int esims = vendors.simulation().celona().truth().iccidsOf(phone.eid()).size();
        return places.contains(where()[0]) && (!places.contains("DONE") || esims == 1) && esims < 2;
    }

    /** Whether the device, or the pull that is to show it, will not be tried again soon. */
    boolean waitsForLong() {
        Instant soon = Instant.now().plus(Duration.ofMinutes(1));
        return Stream.of(
                        due("select due_at from device where sync = :sync and eid = :eid and place = 'WAITING'"),
                        due("select pull_due_at from run where open_sync = :sync and :eid <> ''"))
                .flatMap(Optional::stream)
                .anyMatch(due -> due.isAfter(soon));
    }

    private String outcome() {
        Optional<String> quarantine = text(
                "select quarantine_code from sync where name = :sync and quarantine_code is not null and :eid <> ''");
        if (quarantine.isPresent()) {
            return "quarantine " + quarantine.get();
        }
        String[] where = where();
        if (where[0].equals("nowhere")) {
            return call.isPull() ? pull() : "";
        }
        if (where[0].equals("DONE")) {
            return call == MatrixCall.ATTRIBUTE ? attribute() : "done";
        }
        String code = where.length < 3 || where[2].equals(NORMAL) ? "" : where[2];
        if (code.isEmpty()) {
            return quiet();
        }
        return switch (where[0]) {
            case "DEAD" -> "dead letter " + code;
            case "IN_DOUBT" -> "in doubt " + code;
            case "WAITING" -> later(code, due("select due_at from device where sync = :sync and eid = :eid"));
            default -> "";
        };
    }

    /** Nothing is said against the device, though it does not go on. */
    private String quiet() {
        boolean asked = called() >= SEVERAL;
        if (asked && call.asksForFate()) {
            phone.behaviour().online(true);
        }
        return asked && call == MatrixCall.STATUS ? ASKED_AGAIN : "";
    }

    private String attribute() {
        boolean open = text("""
                select f.kind from follow_up f join device d on d.id = f.device_id where d.sync = :sync and d.eid = :eid
                """).isPresent();
        boolean failed = text("""
                select f.kind from follow_up f join device d on d.id = f.device_id
                where d.sync = :sync and d.eid = :eid and f.reason is not null and not f.taken
                """).isPresent();
        return failed ? "done, attribute later" : open ? "" : "done";
    }

    private String pull() {
        Optional<Instant> again =
                due("select pull_due_at from run where open_sync = :sync and pull_attempts > 0 and :eid <> ''");
        if (again.isPresent()) {
            return later(
                    text("select code from run where open_sync = :sync and :eid <> ''")
                            .orElse(""),
                    again);
        }
        String last = "from run where id = (select max(id) from run where sync = :sync) and open_sync is null";
        if (text("select outcome " + last + " and :eid <> ''").isEmpty()) {
            return "";
        }
        return text("select code " + last + " and code is not null and :eid <> ''")
                .map("run fails "::concat)
                .orElseGet(() -> "left out "
                        + text("select max(f.code) from finding f join run r on r.id = f.run_id where r.sync = :sync"
                                        + " and :eid <> ''")
                                .orElse(""));
    }

    private static String later(String code, Optional<Instant> due) {
        boolean asked = due.isPresent() && due.get().isAfter(Instant.now().plus(ALMOST_AN_HOUR));
        return (asked ? "in an hour " : "later ") + code;
    }

    /** What a client would repeat below the routes shows at the vendor, and what routes would in the journal. */
    private void assertNothingWasRepeated(boolean oneMayBeOnItsWay) {
        long least = oneMayBeOnItsWay ? called() - 1 : called();
        long received = call.received(vendors) - receivedBefore;
        long called = called();
        assertThat(received)
                .as("%s: requests of %s calls", this, called)
                .isBetween(fault.broken() == null ? least : 0, fault.broken() == null ? called : 0);
        if (!call.journalled.isEmpty()) {
            // a call that was refused with 401 has not been processed; only there, a new token may mend it
            boolean command = call == MatrixCall.SEND || call == MatrixCall.ACTION;
            int each = command && fault.label().equals("401") ? 2 : 1;
            assertThat(called).as("%s: calls of one journal entry", this).isEqualTo(each);
            assertThat(journalled() - journalledBefore)
                    .as("%s: journal entries", this)
                    .isEqualTo(1);
        }
    }

    /** How often a report is asked for until its time is over depends on the machine. */
    private boolean isAskedUntilTimeout() {
        return call == MatrixCall.REPORT_STATE && called() > SEVERAL;
    }

    private String times(String outcome) {
        long called = called();
        // how often the MDM is asked about a command that it does not show depends on the machine
        boolean fixed = call != MatrixCall.ATTRIBUTE
                && call != MatrixCall.STATUS
                && !outcome.endsWith(ReasonCode.COMMAND_UNLISTED.name());
        return fixed && called != 1 ? ", " + called + " calls" : "";
    }

    private long called() {
        return connections.count(call.port(vendors), call::is) - calledBefore;
    }

    private long journalled() {
        return jdbc.sql("select count(*) from journal where sync = :sync and step = :step")
                .param("sync", fault.sync(call.vendor))
                .param("step", call.journalled)
                .query(Long.class)
                .single();
    }

    /** Place, step and, if there is one, code. */
    private String[] where() {
        return text("""
                select place || ' ' || step || coalesce(' ' || code, '') from device where sync = :sync and eid = :eid
                """).orElse("nowhere").split(" ", -1);
    }

    private Optional<String> text(String sql) {
        return query(sql).query(String.class).optional();
    }

    private Optional<Instant> due(String sql) {
        return query(sql)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .optional()
                .flatMap(time -> time)
                .map(OffsetDateTime::toInstant);
    }

    private JdbcClient.StatementSpec query(String sql) {
        return jdbc.sql(sql).param("sync", fault.sync(call.vendor)).param("eid", phone.eid());
    }

    @Override
    public String toString() {
        return fault.label() + " at " + call.label + ": " + seen + ", " + String.join(" ", where());
    }
}
