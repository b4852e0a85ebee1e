package io.celonamdm.ledger.inventory;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Run;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * A running pull: the known records, those shown again, and the findings. It is kept in memory, since an interrupted
 * pull starts over.
 */
public final class Pull {
    /** Fewer broken records than this are no sign of trouble, unless all records are broken. */
    private static final int FEW = 3;

    private static final Executor THREADS = new SimpleAsyncTaskExecutor("staging-");

    private final Run run;
    private final KnownRecords known;
    private final Map<ReasonCode, Integer> findings = new EnumMap<>(ReasonCode.class);
    private int records;
    private int broken;
    private boolean nameless;
    private @Nullable String firstBroken;
    private boolean staged;
    private boolean complete;
    private boolean additions;
    private boolean atOnce;
    private Runnable latest = () -> {};
    private Runnable betweenPages = () -> {};
    private CompletableFuture<Void> staging = CompletableFuture.completedFuture(null);

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

    /** The number of records by finding. */
    public Map<ReasonCode, Integer> findings() {
        return findings;
    }

    /** Whether the platform has said that it showed everything. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether it shows only additions, so that a missing device is not gone. */
    public boolean isAdditions() {
        return additions;
    }

    /** Sets what a plan runs between pages of devices; an exception from it ends the plan. */
    public void betweenPages(Runnable check) {
        betweenPages = check;
    }

    /** Reports that the plan has finished a page of devices. */
    public void goesOn() {
        betweenPages.run();
    }

    /**
     * Stages a page on another thread, after the previous page, while the caller asks for the next one.
     *
     * @throws RuntimeException the failure of the previous page. That page is retried for the next call, since no page
     *     may be left out.
     */
    public void stageBeside(Runnable page) {
        awaitStaging();
        latest = page;
        staging = CompletableFuture.runAsync(page, THREADS);
    }

    /**
     * Waits until the latest page is staged.
     *
     * @throws RuntimeException its failure; the page is retried for the next call
     */
    public void awaitStaging() {
        try {
            staging.join();
        } catch (CompletionException e) {
            staging = CompletableFuture.runAsync(latest, THREADS);
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /**
     * Records that the platform has shown everything.
     *
     * @param onlyAdditions whether it has shown only additions
     * @throws RuntimeException the failure of the last page
     */
    public void completed(boolean onlyAdditions) {
        awaitStaging();
        complete = true;
        additions = onlyAdditions;
    }

    /**
     * Describes the unreadable records, if there are too many to believe the pull.
     *
     * @return empty if most records are readable
     */
    public Optional<String> mostlyBroken() {
        boolean all = broken > 0 && broken == records;
        return all || (broken >= FEW && 2L * broken >= records)
                ? Optional.of("%d of %d records cannot be read; the first: %s".formatted(broken, records, firstBroken))
                : Optional.empty();
    }

    /** Records that everything was shown at once, so that nothing can have moved during the pull. */
    public void shownAtOnce() {
        atOnce = true;
    }

    /** Whether a device missing from this one pull is gone. */
    public boolean isAtOnce() {
        return atOnce && !nameless;
    }

    void broken(BrokenRecord record) {
        broken++;
        nameless |= record.id().isBlank();
        firstBroken = firstBroken == null ? record.detail() : firstBroken;
    }

    /** Whether a broken record has no id, so that it may belong to any missing device. */
    boolean hasNameless() {
        return nameless;
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
