package io.celonamdm.platform.intune.configuration;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.sync.Sync;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Maintains a configuration profile of a sync, and its assignment to a group. */
@Component
public class Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    /** One for each sync, taken while its profiles are looked for and written. */
    private final Map<SyncName, Semaphore> turns = new ConcurrentHashMap<>();

    Configurations() {}

    /**
     * Waits until no other order of the sync looks for a profile and writes it.
     *
     * @throws InterruptedException if its firing was called off
     */
    public void begins(@ExchangeProperty("sync") Sync sync) throws InterruptedException {
        turnOf(sync).acquire();
    }

    /** Lets the next one begin. */
    public void ends(@ExchangeProperty("sync") Sync sync) {
        turnOf(sync).release();
    }

    private Semaphore turnOf(Sync sync) {
        return turns.computeIfAbsent(sync.name(), name -> new Semaphore(1));
    }

    /** Searches a page of the tenant's profiles. */
    public void look(@Body @Nullable Object answer, @ExchangeProperty("profile") Configuration profile) {
        profile.look(answer);
    }

    /**
     * Ends the search.
     *
     * @throws KnownFailure with {@code NOT_OURS} if the profile is missing, and one of its name has not the sync's mark
     */
    public void searched(@ExchangeProperty("profile") Configuration profile, @ExchangeProperty("sync") Sync sync) {
        List<String> copies = profile.searched();
        if (!copies.isEmpty()) {
            LOG.warn(
                    "Intune has {} more profiles with the mark of sync {} beside {}, which is kept up to date; delete by hand: {}",
                    copies.size(),
                    sync.name(),
                    profile.id(),
                    copies);
        }
        if (profile.isHindered()) {
            throw new KnownFailure(new Failure(
                    Failure.Kind.REFUSED,
                    ReasonCode.NOT_OURS,
                    ("Intune has a configuration profile \"%s\" that sync %s has not made; it is left alone. Name another in"
                                    + " connector.syncs.%s.mdm.profile.name")
                            .formatted(profile.getName(), sync.name(), sync.name()),
                    null));
        }
    }

    /** Records that the profile was created or changed. */
    public void written(@Body @Nullable Object answer, @ExchangeProperty("profile") Configuration profile) {
        profile.written(answer);
    }

    /** Begins to read the profile's assignments. */
    public Assignments assignments(
            @ExchangeProperty("profile") Configuration profile, @ExchangeProperty("sync") Sync sync) {
        return new Assignments(sync.mdm().graphUrl(), profile);
    }

    /** Records a page of assignments. */
    public void assigned(@Body @Nullable Object answer, @ExchangeProperty("assignments") Assignments assignments) {
        assignments.read(answer);
    }

    /**
     * Checks that members of the group get the profile.
     *
     * @throws KnownFailure with {@code PROFILE_REFUSED} if the group is excluded
     */
    public void reachesGroup(@ExchangeProperty("assignments") Assignments assignments) {
        if (assignments.isExcluded()) {
            throw new KnownFailure(
                    new Failure(Failure.Kind.REFUSED, ReasonCode.PROFILE_REFUSED, assignments.exclusion(), null));
        }
    }
}
