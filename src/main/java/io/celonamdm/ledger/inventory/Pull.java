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
 * A pull under way: what is known, which of it has been shown again, and what is wrong with what was shown. It lives in
 * memory, since a pull that was cut short starts over.
 */
public final class Pull {
    /** This few broken records are no sign of anything, unless there are no others. */
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
     * Has a page staged beside the thread that asks for the next one, once the page before is.
     *
     * @throws RuntimeException what the page before has failed with; it is tried again for whoever asks once more, since no
     *     page may be left out
     */
    public void stageBeside(Runnable page) {
        awaitStaging();
        latest = page;
        staging = CompletableFuture.runAsync(page, THREADS);
    }

    /**
     * Waits until the latest page is staged.
     *
     * @throws RuntimeException what it has failed with; it is tried again for whoever asks once more
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
     * The platform has shown everything.
     *
     * @param onlyAdditions whether that is what is new alone
     * @throws RuntimeException what the last page has failed with
     */
    public void completed(boolean onlyAdditions) {
        awaitStaging();
        complete = true;
        additions = onlyAdditions;
    }

    /**
     * Why so many records cannot be read that the pull shows nothing of the inventory.
     *
     * @return nothing if most can
     */
    public Optional<String> mostlyBroken() {
        boolean all = broken > 0 && broken == records;
        return all || (broken >= FEW && 2L * broken >= records)
                ? Optional.of("%d of %d records cannot be read; the first: %s".formatted(broken, records, firstBroken))
                : Optional.empty();
    }

    /** Everything was shown at once, so that nothing can have moved meanwhile. */
    public void shownAtOnce() {
        atOnce = true;
    }

    /** Whether one pull that misses a device is enough for it to be gone. */
    public boolean isAtOnce() {
        return atOnce && !nameless;
    }

    void broken(BrokenRecord record) {
        broken++;
        nameless |= record.id().isBlank();
        firstBroken = firstBroken == null ? record.detail() : firstBroken;
    }

    /** Whether a record cannot be told apart, so that any device that the pull has not shown may be the one. */
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
