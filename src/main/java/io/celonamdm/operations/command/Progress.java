package io.celonamdm.operations.command;

import io.celonamdm.esim.SyncName;
import io.celonamdm.sync.RunReport;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a run on a terminal; shows nothing without one, as under cron. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    Progress(SyncName sync) {
        bar = Terminal.isThere()
                ? new ProgressBarBuilder()
                        .setTaskName(sync.value())
                        .setInitialMax(0)
                        .clearDisplayOnFinish()
                        .build()
                : null;
    }

    void show(RunReport report) {
        if (bar == null) {
            return;
        }
        long dead = sum(report.deadLetters().values());
        long waiting = sum(report.waiting().values());
        bar.maxHint(report.reached().done() + dead + waiting + report.inDoubt());
        bar.stepTo(report.reached().done() + dead);
        bar.setExtraMessage(
                report.inventory() == 0
                        ? " pulling"
                        : report.waiting().toString().replaceAll("[{}]", " "));
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
