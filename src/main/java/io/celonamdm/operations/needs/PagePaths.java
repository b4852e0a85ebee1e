package io.celonamdm.operations.needs;

import io.celonamdm.esim.Place;
import io.celonamdm.esim.SyncName;

/** The addresses of the page that notices and alerts link to. They never change. */
public final class PagePaths {
    private PagePaths() {}

    /** A sync. */
    public static String sync(SyncName sync) {
        return "/syncs/" + sync.value();
    }

    /** What waits for a person. */
    public static String needs(SyncName sync) {
        return sync(sync) + "#needs";
    }

    /** What to fix before the sync goes on. */
    public static String quarantine(SyncName sync) {
        return sync(sync) + "#quarantine";
    }

    /** The plan that waits for approval. */
    public static String plan(SyncName sync) {
        return sync(sync) + "#plan";
    }

    /** Its nights. */
    public static String nights(SyncName sync) {
        return sync(sync) + "#nights";
    }

    /** Its looks between the nights. */
    public static String looks(SyncName sync) {
        return sync(sync) + "#looks";
    }

    /** One of its runs. */
    public static String run(SyncName sync, long run) {
        return "%s/runs/%d".formatted(sync(sync), run);
    }

    /** What may be asked of it. */
    public static String act(SyncName sync) {
        return sync(sync) + "#act";
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

    /** What its rules do. */
    static String preview(SyncName sync) {
        return sync(sync) + "/preview";
    }
}
