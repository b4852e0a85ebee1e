package io.celonamdm.sync;

import io.celonamdm.ledger.DeviceCounts.Reached;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report of a run for the log, the ledger and the endpoints.
 *
 * @param records inventory records in the pull
 * @param findings records that were skipped or flagged, by code
 * @param inventory devices with a usable EID
 * @param planned devices that the plan admits
 * @param reached what devices reached during the run
 * @param warnings devices that are done despite a minor failure, by code
 * @param waiting devices that wait for their turn, by step
 * @param waitingFor those of them that wait for a known reason, by code
 * @param held devices held back, by code
 * @param inDoubt devices in doubt
 * @param verified devices whose inventory record shows their assigned eSIM
 * @param drift devices that have drifted from what was sent, by code
 * @param deadLetters devices that became dead letters in this run, by code
 * @param openDeadLetters all open dead letters of the sync
 * @param seconds how long the run was open
 */
public record RunReport(
        long records,
        Map<String, Long> findings,
        long inventory,
        long planned,
        Reached reached,
        Map<String, Long> warnings,
        Map<String, Long> waiting,
        Map<String, Long> waitingFor,
        Map<String, Long> held,
        long inDoubt,
        long verified,
        Map<String, Long> drift,
        Map<String, Long> deadLetters,
        long openDeadLetters,
        long seconds) {

    /** Reads a report that was stored before reasons were counted. */
    @SuppressWarnings("ConstantValue")
    public RunReport {
        waitingFor = waitingFor == null ? Map.of() : waitingFor;
    }

    /** How many devices wait for their turn. */
    long waits() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Formats counts, such as {@code 3 PUSH, 1 ACTIVATE}; {@code none} if there are none. */
    public static String words(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
