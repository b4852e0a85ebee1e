package io.celonamdm.operations.needs;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;

/** Where the page shows what people are told of. */
public final class PagePaths {
    private PagePaths() {}

    /** A sync. */
    public static String sync(SyncName sync) {
        return "/syncs/" + sync.value();
    }

    /** Its nights. */
    public static String nights(SyncName sync) {
        return sync(sync) + "#nights-title";
    }

    /** The plan that waits for approval. */
    public static String plan(SyncName sync) {
        return sync(sync) + "#plan-title";
    }

    /** What waits for a person. */
    public static String needs(SyncName sync) {
        return sync(sync) + "#trouble-title";
    }

    /** Its dead letters with a code. */
    public static String deadLetters(SyncName sync, String code) {
        return "%s/dead-letters?code=%s".formatted(sync(sync), code);
    }

    /** Its devices in doubt. */
    public static String inDoubt(SyncName sync) {
        return sync(sync) + "/in-doubt";
    }

    /** Its devices in a place, for a reason. */
    public static String devices(SyncName sync, Place place, String code) {
        return "%s/devices?place=%s&code=%s".formatted(sync(sync), place, code);
    }

    /** The list of what a need is about. */
    public static String of(SyncName sync, Need need) {
        return switch (need.kind()) {
            case QUARANTINE, NO_GOOD_RUN, EXPIRY -> needs(sync);
            case NIGHT -> nights(sync);
            case PAUSED, PLAN_ONLY -> sync(sync) + "#act-title";
            case IN_DOUBT -> inDoubt(sync);
            case APPROVAL -> plan(sync);
            case POOL -> devices(sync, Place.WAITING, need.code());
            case UNCLEAR -> devices(sync, Place.WAITING, ReasonCode.NOT_PROVISIONED.name());
            case DEAD_LETTER -> deadLetters(sync, need.code());
            case HELD -> devices(sync, Place.HELD, need.code());
        };
    }
}
