package io.celonamdm.platform.intune;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.Permissions;
import java.util.Optional;
import java.util.regex.Pattern;

/** Devices as Entra knows them. A group's member is Entra's object, found by the device id that Intune shows. */
final class EntraDevices {
    private static final Pattern NOT_REGISTERED = Pattern.compile("[0-]*");

    private EntraDevices() {}

    /** Whether Entra may know the device. */
    static boolean isRegistered(MdmDevice device) {
        return !NOT_REGISTERED.matcher(id(device)).matches();
    }

    /** Requests the device's object. */
    static Request lookup(String requestId, MdmDevice device) {
        return Request.get(
                requestId,
                "/devices?$filter=%s&$select=id,deviceId".formatted(Graph.encoded("deviceId eq '" + id(device) + "'")));
    }

    /**
     * The object id in an answer; empty if Entra does not know the device.
     *
     * @throws KnownFailure if Graph does not answer for it
     */
    static Optional<String> objectId(Answer answer, MdmDevice device) {
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
        return answer.body().list("value").stream()
                // Graph may ignore a filter, and another device would get the profile
                .filter(found -> found.textOrEmpty("deviceId").equalsIgnoreCase(id(device)))
                .flatMap(found -> found.text("id").stream())
                .findFirst();
    }

    /** The device id of Entra that Intune shows. */
    static String id(MdmDevice device) {
        return device.attributes().getOrDefault(DeviceReader.ENTRA_ID, "");
    }
}
