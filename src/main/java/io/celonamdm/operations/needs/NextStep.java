package io.celonamdm.operations.needs;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;

/**
 * Where on the page a person takes care of what waits for them.
 *
 * @param label what they do there
 * @param path the address below that of the page
 */
public record NextStep(String label, String path) {

    static NextStep of(SyncName sync, Need need) {
        return switch (need.kind()) {
            case QUARANTINE -> new NextStep("See what to fix", PagePaths.quarantine(sync));
            case NIGHT, NO_GOOD_RUN -> new NextStep("See its nights", PagePaths.nights(sync));
            case PAUSED -> new NextStep("See why, and resume", PagePaths.act(sync));
            case IN_DOUBT -> new NextStep("Decide", PagePaths.inDoubt(sync));
            case APPROVAL -> new NextStep("Review the plan", PagePaths.plan(sync));
            case PLAN_ONLY -> new NextStep("Preview its rules", PagePaths.preview(sync));
            case POOL -> new NextStep("Show the devices", PagePaths.devices(sync, Place.WAITING, need.code()));
            case UNCLEAR ->
                new NextStep(
                        "Show the devices", PagePaths.devices(sync, Place.WAITING, ReasonCode.NOT_PROVISIONED.name()));
            case LOOK -> new NextStep("See its looks", PagePaths.looks(sync));
            case HELD -> new NextStep("Show the devices", PagePaths.devices(sync, Place.HELD, need.code()));
            case DEAD_LETTER -> new NextStep("Review and redrive", PagePaths.deadLetters(sync, need.code()));
            case EXPIRY -> new NextStep("See the dates", "/credentials");
        };
    }
}
