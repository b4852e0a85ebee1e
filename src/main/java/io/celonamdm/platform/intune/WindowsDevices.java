package io.celonamdm.platform.intune;

import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome.Failed;
import io.celonamdm.device.PushOutcome.Sent;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.Permissions;
import io.celonamdm.sync.Sync;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * Handles Windows devices, which do not support the eSIM action: they become members of the group with the profile. A
 * group's member is Entra's object, found by the device id that Intune shows.
 */
@Component
public class WindowsDevices {
    private static final Pattern NOT_REGISTERED = Pattern.compile("[0-]*");

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
            } else if (NOT_REGISTERED.matcher(entraId(target)).matches()) {
                fail(
                        push,
                        target,
                        "the device is not registered in Entra, so that it cannot become a member of a group");
            }
        }
        return GraphBatch.once(
                Graph.V1,
                push.open(Platform.WINDOWS).stream()
                        .map(target -> Request.get(
                                target.eid(),
                                "/devices?$filter=%s&$select=id,deviceId"
                                        .formatted(Graph.encoded("deviceId eq '" + entraId(target) + "'"))))
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
            Optional<String> object = batch.answer(target.eid()).flatMap(answer -> objectId(answer, entraId(target)));
            object.ifPresentOrElse(
                    members::want, () -> fail(push, target, "Entra does not know the device " + entraId(target)));
        }
        return members;
    }

    /** All of them are members now, and have the profile. */
    public void sent(@ExchangeProperty("push") Push push, @ExchangeProperty("profile") WindowsProfile profile) {
        for (Target target : push.open(Platform.WINDOWS)) {
            push.settle(new Sent(target.eid(), "profile " + profile.id()));
        }
    }

    private static Optional<String> objectId(Answer answer, String entraId) {
        if (!answer.good()) {
            boolean forbidden = answer.status() == 403;
            String reason = "Entra does not show a device; " + answer.words();
            throw new KnownFailure(
                    forbidden
                            ? new Failure(
                                    Kind.CONFIGURATION,
                                    ReasonCode.FORBIDDEN,
                                    "the app registration needs the application permission %s, with admin consent; %s"
                                            .formatted(Permissions.READ_ENTRA, reason),
                                    null)
                            : new Failure(Kind.TRANSIENT, ReasonCode.VENDOR_ERROR, reason, null));
        }
        List<String> found = answer.body().list("value").stream()
                // Graph may ignore a filter, and another device would get the profile
                .filter(device -> device.textOrEmpty("deviceId").equalsIgnoreCase(entraId))
                .flatMap(device -> device.text("id").stream())
                .toList();
        return found.stream().findFirst();
    }

    private static void fail(Push push, Target target, String reason) {
        push.settle(new Failed(target.eid(), ReasonCode.NOT_COMMANDABLE, reason));
    }

    private static String entraId(Target target) {
        return target.device().attributes().getOrDefault(DeviceReader.ENTRA_ID, "");
    }
}
