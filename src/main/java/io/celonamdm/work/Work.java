package io.celonamdm.work;

import io.celonamdm.esim.Step;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.sync.Sync;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Devices of one sync that take one step together, in one call.
 *
 * @param sync the sync
 * @param kind the step, or the follow-up
 * @param devices the devices, in flight
 * @param run the open run, if there is one
 */
public record Work(
        Sync sync,
        Kind kind,
        List<Device> devices,
        @Nullable Long run) {
    /** Copies the devices. */
    public Work {
        devices = List.copyOf(devices);
    }

    /** Kinds of work, in the order in which they are taken up: those that complete a device come first. */
    public enum Kind {
        /** A poll of eid-status. */
        AWAIT(Step.AWAIT, null),
        /** A call of activation-from-file. */
        ACTIVATE(Step.ACTIVATE, null),
        /** A push through the MDM. */
        PUSH(Step.PUSH, null),
        /** A call of assign-eid. */
        ASSIGN(Step.ASSIGN, null),
        /** A query for the outcome of a push, after the activation. */
        CONFIRM(Step.CONFIRM, null),
        /** The address and state in the inventory record. */
        ATTRIBUTE(null, FollowUps.Kind.ATTRIBUTE),
        /** The membership in the profile's group. */
        PROFILE(null, FollowUps.Kind.PROFILE);

        private final @Nullable Step step;
        private final FollowUps.@Nullable Kind followUp;

        Kind(@Nullable Step step, FollowUps.@Nullable Kind followUp) {
            this.step = step;
            this.followUp = followUp;
        }

        /** The step that the work takes; null for a follow-up. */
        public @Nullable Step step() {
            return step;
        }

        /** Whether the work calls the MDM tenant. */
        public boolean isMdm() {
            return step == null || step == Step.PUSH || step == Step.CONFIRM;
        }

        /** The address that such work of a sync calls; null if unknown. */
        @Nullable
        public URI host(Sync sync) {
            return switch (this) {
                case ASSIGN, AWAIT -> sync.celona().assignUrl();
                case ACTIVATE -> sync.celona().activationUrl();
                case PUSH, CONFIRM, ATTRIBUTE, PROFILE -> sync.mdm().host();
            };
        }

        /** The follow-up that the work writes; null for a step. */
        public FollowUps.@Nullable Kind followUp() {
            return followUp;
        }
    }

    /** The address that the work calls; null if unknown. */
    @Nullable
    public URI host() {
        return kind.host(sync);
    }

    /** The ledger's ids of the devices. */
    public List<Long> ids() {
        return Device.ids(devices);
    }

    /** By kind and ids alone: routes look up how to call a work by its hash code, often, and inventory records are large. */
    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + ids().hashCode();
    }

    /** The id of the route that does this work. */
    public String route() {
        return kind.step() == null ? "follow-up" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** The second part of the id of the platform's route that writes this follow-up. */
    public String followUp() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The highest number of attempts of any of the devices. */
    public int attempts() {
        return devices.stream().mapToInt(Device::attempts).max().orElse(0);
    }
}
