package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A preflight under way: the checks to come, and what the others have found. */
public final class Inspection {
    private final Deque<Check> open;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Duration> clocks = new TreeMap<>();

    Inspection(List<Check> checks) {
        open = new ArrayDeque<>(checks);
    }

    /** Whether there is another check to make. */
    public boolean hasNext() {
        return !open.isEmpty();
    }

    /** The next check. */
    public Check next() {
        return open.remove();
    }

    /** What the checks have found so far. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether a vendor failed at the time, which says nothing of the settings. */
    public static boolean isOfTheVendor(Finding finding) {
        return finding.code() == ReasonCode.THROTTLED || finding.code() == ReasonCode.VENDOR_ERROR;
    }

    /** By how much the clock of each vendor's host is ahead of this one's, as far as their answers said. */
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
