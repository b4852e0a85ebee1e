package io.celonamdm.story;

import io.celonamdm.story.world.Mdm;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some nights of a small world.
 *
 * @param seed from which it was made
 * @param fleet how many phones there are at first
 * @param nights how many nights things happen in; some healthy ones follow
 * @param provisionedWhenAssigned how Celona reads "Provisioned"
 * @param refusesBatch whether Celona refuses a batch that is larger than its stock
 * @param tenants the MDMs, each with a sync of its own
 * @param settings what the syncs' settings say beside the usual ones
 * @param events what happens
 */
record Story(
        long seed,
        int fleet,
        int nights,
        boolean provisionedWhenAssigned,
        boolean refusesBatch,
        List<Mdm.Kind> tenants,
        Map<String, String> settings,
        List<Event> events) {
    Story {
        events = List.copyOf(events);
    }

    /** How often the process or the ledger fails, so that what has happened is not on record. */
    long ledgerFaults() {
        return events.stream()
                .filter(each -> Event.What.DIES.compareTo(each.what()) <= 0
                        && each.what().compareTo(Event.What.LEDGER_COMMITS_AND_FAILS) <= 0)
                .count();
    }

    /** Whether it may be unknown what became of an assignment. */
    boolean mayDoubt() {
        return ledgerFaults() > 0
                || events.stream()
                        .anyMatch(each -> each.what() == Event.What.CELONA_FORGETS_REQUESTS
                                || (each.what() == Event.What.BREAK
                                        && List.of("ASSIGN", "STATUS").contains(String.valueOf(each.at()))));
    }

    /** Whether the connector's clock is set forward or back. */
    boolean movesClock() {
        return has(Event.What.CLOCK_FORWARD) || has(Event.What.CLOCK_BACK);
    }

    /** Whether it has such an event. */
    boolean has(Event.What what) {
        return events.stream().anyMatch(each -> each.what() == what);
    }

    Story with(List<Event> others) {
        return new Story(seed, fleet, nights, provisionedWhenAssigned, refusesBatch, tenants, settings, others);
    }

    Story at(List<Mdm.Kind> otherTenants, Map<String, String> otherSettings, List<Event> others) {
        return new Story(
                seed, fleet, nights, provisionedWhenAssigned, refusesBatch, otherTenants, otherSettings, others);
    }

    Story withFleet(int other) {
        return new Story(seed, other, nights, provisionedWhenAssigned, refusesBatch, tenants, settings, events);
    }

    @Override
    public String toString() {
        return "story %d: %d phones at %s, %d nights, an eSIM is \"Provisioned\" once %s%s; %s%n%s"
                .formatted(
                        seed,
                        fleet,
                        tenants,
                        nights,
                        provisionedWhenAssigned ? "assigned" : "downloaded",
                        refusesBatch ? ", batches beyond the stock are refused" : "",
                        settings,
                        events.stream().map(each -> "  " + each).collect(Collectors.joining("\n")));
    }
}
