package io.celonamdm.platform.jamf;

import io.celonamdm.sync.Sync;

/** The mark that distinguishes an object made by a sync in Jamf Pro from one of the same name made by people. */
final class Marker {
    private Marker() {}

    /** A description that carries the sync's mark. */
    static String describe(Sync sync, String text) {
        return text + " " + of(sync);
    }

    /**
     * Accepts an object of the sync.
     *
     * @throws NotOurs if the description does not carry the sync's mark
     */
    static void check(Sync sync, String kind, String name, String description, String setting) {
        if (!description.contains(of(sync))) {
            throw new NotOurs(
                    "Jamf Pro has a %s \"%s\" that sync %s has not made; it is left alone. Name another in connector.syncs.%s.mdm.profile.%s"
                            .formatted(kind, name, sync.name(), sync.name(), setting));
        }
    }

    private static String of(Sync sync) {
        return "[celona-mdm-connector:" + sync.name() + "]";
    }
}
