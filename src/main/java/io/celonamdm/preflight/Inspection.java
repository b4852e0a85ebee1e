package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A preflight in progress: the remaining checks, and the findings so far. */
public final class Inspection {
    private final Deque<Check> open;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Duration> clocks = new TreeMap<>();

    Inspection(List<Check> checks) {
        open = new ArrayDeque<>(checks);
    }

    /** Whether another check remains. */
    public boolean hasNext() {
        return !open.isEmpty();
    }

    /** The next check. */
    public Check next() {
        return open.remove();
    }

    /** The findings so far. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether a vendor had an outage, which says nothing about the settings. */
    public static boolean isOfTheVendor(Finding finding) {
        return finding.code() == ReasonCode.THROTTLED || finding.code() == ReasonCode.VENDOR_ERROR;
    }

    /** How far the clock of each vendor's host is ahead of this machine's, for answers with a date. */
    Map<String, Duration> clocks() {
        return clocks;
    }

    void found(Check check, Seen seen) {
        findings.add(Finding.of(check.name(), seen));
        if (check.gate() && seen.result() == Result.FAILED) {
            open.clear();
        }
    }

    void clock(String host, Duration ahead) {
        clocks.merge(host, ahead, (one, other) -> one.abs().compareTo(other.abs()) <= 0 ? one : other);
    }
}
