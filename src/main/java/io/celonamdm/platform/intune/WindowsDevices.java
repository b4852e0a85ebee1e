package io.celonamdm.platform.intune;

import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.intune.configuration.Assignments;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.sync.Sync;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * Handles Windows devices, which do not support the eSIM action: they become members of the group with the profile. A
 * group's member is Entra's object, found by the device id that Intune shows.
 */
@Component
public class WindowsDevices {
    WindowsDevices() {}

    /** Requests the devices' objects from Entra; a device unknown to Entra has failed. */
    public GraphBatch lookups(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        boolean without = sync.mdm().intune().windows().group().isBlank();
        for (Target target : push.open(Platform.WINDOWS)) {
            if (without) {
                fail(
                        push,
                        target,
                        "connector.syncs.%s.mdm.intune.windows.group is not set, so that Windows devices get no profile"
                                .formatted(sync.name()));
            } else if (!EntraDevices.isRegistered(target.device())) {
                fail(
                        push,
                        target,
                        "the device is not registered in Entra, so that it cannot become a member of a group");
            }
        }
        return GraphBatch.once(
                Graph.V1,
                push.open(Platform.WINDOWS).stream()
                        .map(target -> EntraDevices.lookup(target.eid(), target.device()))
                        .toList());
    }

    /**
     * The devices to add as members.
     *
     * @throws KnownFailure if Graph does not answer for one of them
     */
    public Members members(
            @ExchangeProperty("push") Push push,
            @ExchangeProperty("batch") GraphBatch batch,
            @ExchangeProperty("sync") Sync sync) {
        Members members =
                new Members(sync.mdm().graphUrl(), sync.mdm().intune().windows().group());
        for (Target target : push.open(Platform.WINDOWS)) {
            Optional<String> object =
                    batch.answer(target.eid()).flatMap(answer -> EntraDevices.objectId(answer, target.device()));
            object.ifPresentOrElse(
                    members::want,
                    () -> fail(push, target, "Entra does not know the device " + EntraDevices.id(target.device())));
        }
        return members;
    }

    /** Fails them all if their group is excluded from the profile: as its members they would not get it. */
    public void excluded(
            @ExchangeProperty("push") Push push, @ExchangeProperty("assignments") Assignments assignments) {
        if (assignments.isExcluded()) {
            for (Target target : push.open(Platform.WINDOWS)) {
                push.settle(new Failed(target.eid(), ReasonCode.COMMAND_FAILED, assignments.exclusion()));
            }
        }
    }

    /** All of them are members now, and have the profile. */
    public void sent(@ExchangeProperty("push") Push push, @ExchangeProperty("profile") WindowsProfile profile) {
        for (Target target : push.open(Platform.WINDOWS)) {
            push.settle(new Sent(target.eid(), "profile " + profile.id()));
        }
    }

    private static void fail(Push push, Target target, String reason) {
        push.settle(new Failed(target.eid(), ReasonCode.NOT_COMMANDABLE, reason));
    }
}
