package io.celonamdm.planning;

import io.celonamdm.ledger.inventory.IccidHolders;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.sync.Sync;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Forecasts the eSIM pool of a customer whose settings have a budget. */
@Component
public class PoolForecasts {
    private final IccidHolders holders;
    private final DeviceCounts counts;

    PoolForecasts(IccidHolders holders, DeviceCounts counts) {
        this.holders = holders;
        this.counts = counts;
    }

    /**
     * The forecast for a sync.
     *
     * @param newcomers how many devices a plan would admit in addition to those that wait for their eSIM
     * @return null if the settings do not say how many eSIMs the customer has
     */
    public @Nullable PoolForecast of(Sync sync, long newcomers) {
        int budget = sync.celona().pool().esims();
        if (budget == 0) {
            return null;
        }
        long left = Math.max(0, budget - holders.held(sync.celona().customerId()));
        return new PoolForecast(budget, left, newcomers + counts.withoutEsim(sync.name()));
    }
}
