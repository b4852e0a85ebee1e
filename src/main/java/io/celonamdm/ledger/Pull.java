package io.celonamdm.ledger;

import io.celonamdm.esim.ReasonCode;
import java.util.EnumMap;
import java.util.Map;

/**
 * A pull under way: what is known, which of it has been shown again, and what is wrong with what was shown. It lives in
 * memory, since a pull that was cut short starts over.
 */
public final class Pull {
    private final Run run;
    private final KnownRecords known;
    private final Map<ReasonCode, Integer> findings = new EnumMap<>(ReasonCode.class);
    private int records;
    private boolean staged;
    private boolean complete;
    private boolean additions;

    Pull(Run run, KnownRecords known) {
        this.run = run;
        this.known = known;
    }

    /** The run that asked for it. */
    public Run run() {
        return run;
    }

    /** How many inventory records the MDM has shown. */
    public int records() {
        return records;
    }

    /** How many records had which finding. */
    public Map<ReasonCode, Integer> findings() {
        return findings;
    }

    /** Whether the platform has said that it showed everything. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether it shows what is new alone, so that a device that it does not show has not gone. */
    public boolean isAdditions() {
        return additions;
    }

    /**
     * The platform has shown everything.
     *
     * @param onlyAdditions whether that is what is new alone
     */
    public void completed(boolean onlyAdditions) {
        complete = true;
        additions = onlyAdditions;
    }

    void counted(int shown) {
        records += shown;
    }

    void found(ReasonCode code) {
        findings.merge(code, 1, Integer::sum);
    }

    void staged() {
        staged = true;
    }

    /** Whether a record was new or different. */
    boolean hasStaged() {
        return staged;
    }

    /** The inventory as it was when the pull began. */
    KnownRecords known() {
        return known;
    }
}
