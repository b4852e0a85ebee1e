package io.celonamdm.sync;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides how many devices one push call to a tenant carries. Jamf's documents do not say how it handles several, so
 * the first calls of a process carry two. A tenant that refuses several in a row gets one device per call for a day, unless
 * devices that it refuses alone explain that.
 */
@Component
public class CallSizes {
    private static final Logger LOG = LoggerFactory.getLogger(CallSizes.class);
    private static final int FIRST = 2;
    private static final int TOO_OFTEN = 3;
    private static final Duration REST = Duration.ofDays(1);
    private static final Tenant UNKNOWN = new Tenant(false, 0, null, false, null);

    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    private final Clock clock;

    CallSizes(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known of a tenant.
     *
     * @param proven whether it has taken a call for several devices
     * @param refused how many such calls it has refused in a row
     * @param until until when it gets one device per call
     * @param told whether the log says so
     * @param failed why such a call failed since it last took one device alone; null if none did
     */
    private record Tenant(
            boolean proven,
            int refused,
            @Nullable Instant until,
            boolean told,
            @Nullable String failed) {}

    /**
     * The most devices of one call.
     *
     * @param most the most that the platform and the settings allow
     */
    public int size(Sync sync, int most) {
        Tenant tenant = tenant(sync);
        if (tenant.until != null && clock.instant().isBefore(tenant.until)) {
            return 1;
        }
        return isUndocumented(sync) && !tenant.proven ? Math.min(FIRST, most) : most;
    }

    /** Whether it is still unknown if the tenant takes several devices in one call. */
    public boolean isTried(Sync sync, int most) {
        return most > 1 && isUndocumented(sync) && !tenant(sync).proven && size(sync, most) > 1;
    }

    /** Records that the tenant took a call for several devices. */
    public void accepted(Sync sync) {
        tenants.compute(key(sync), (key, known) -> new Tenant(true, 0, null, known != null && known.told, null));
    }

    /**
     * Records that a call for several devices failed in a way that an outage explains as well. It counts as refused once
     * the tenant takes a device alone.
     *
     * @param why the failure in words
     */
    public void failed(Sync sync, String why) {
        tenants.compute(key(sync), (key, known) -> {
            Tenant before = known == null ? UNKNOWN : known;
            return new Tenant(before.proven, before.refused, before.until, before.told, why);
        });
    }

    /** Records that the tenant took one device alone. */
    public void acceptedAlone(Sync sync) {
        tenants.computeIfPresent(
                key(sync), (key, known) -> known.failed == null ? known : refused(key, known, known.failed));
    }

    /**
     * Records that the tenant refused a call for several devices, or that its answer could not be used.
     *
     * @param why the tenant's words
     */
    public void refused(Sync sync, String why) {
        tenants.compute(key(sync), (key, known) -> refused(key, known == null ? UNKNOWN : known, why));
    }

    private Tenant refused(String key, Tenant before, String why) {
        if (before.refused + 1 < TOO_OFTEN) {
            return new Tenant(before.proven, before.refused + 1, before.until, before.told, null);
        }
        Instant until = clock.instant().plus(REST);
        if (!before.told) {
            LOG.warn(
                    "{} does not take commands for several devices in one call; until {}, each device gets a call of"
                            + " its own. Set mdm.devices-per-call to a number that it takes, or to 1: {}",
                    key,
                    until,
                    why);
        }
        return new Tenant(before.proven, 0, until, true, null);
    }

    /**
     * Records that the tenant refused a device alone: refused calls for several may have been due to devices like it. A
     * tenant that has taken such calls before gets them again.
     */
    public void explained(Sync sync) {
        tenants.computeIfPresent(
                key(sync),
                (key, known) -> new Tenant(known.proven, 0, known.proven ? null : known.until, known.told, null));
    }

    private Tenant tenant(Sync sync) {
        return tenants.getOrDefault(key(sync), UNKNOWN);
    }

    private static String key(Sync sync) {
        URI host = sync.mdm().host();
        return host == null ? sync.name().toString() : host.toString();
    }

    private static boolean isUndocumented(Sync sync) {
        return "jamf".equals(sync.platform());
    }
}
