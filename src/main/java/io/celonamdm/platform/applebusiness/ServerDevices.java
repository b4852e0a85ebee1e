package io.celonamdm.platform.applebusiness;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failure;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The devices assigned to one device management service, during a pull. */
public final class ServerDevices {
    private final SyncName sync;
    private final String wanted;
    private final List<Server> found = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Map<String, Boolean> shown = new HashMap<>();

    /** @param wanted the name of the service, or its id */
    ServerDevices(SyncName sync, String wanted) {
        this.sync = sync;
        this.wanted = wanted.strip();
    }

    private record Server(String id, String name) {}

    /** Takes the service if it is the wanted one. */
    void offer(Fields resource) {
        Server server = new Server(
                resource.textOrEmpty("id"), resource.object("attributes").textOrEmpty("serverName"));
        if (wanted.equalsIgnoreCase(server.id) || wanted.equalsIgnoreCase(server.name)) {
            found.add(server);
        } else {
            others.add(server.name);
        }
    }

    /**
     * The id of the wanted service, once all services have been offered.
     *
     * @throws KnownFailure with {@code MDM_SERVER_UNKNOWN} unless it is exactly one
     */
    String serverId() {
        return server().id;
    }

    /** Its name. */
    String serverName() {
        return server().name;
    }

    private Server server() {
        if (found.size() == 1 && !found.get(0).id.isEmpty()) {
            return found.get(0);
        }
        if (found.size() == 1) {
            throw new UnreadableAnswer("the id of the service " + wanted, "none");
        }
        String what = found.isEmpty()
                ? "has no device management service \"%s\", but %s".formatted(wanted, others)
                : "has several device management services \"%s\"; name one by its id: %s"
                        .formatted(wanted, found.stream().map(Server::id).collect(Collectors.joining(", ")));
        throw new KnownFailure(new Failure(
                Failure.Kind.CONFIGURATION,
                ReasonCode.MDM_SERVER_UNKNOWN,
                "Apple Business Manager %s (connector.syncs.%s.mdm.apple-business.server)".formatted(what, sync),
                null));
    }

    /** Takes the id of an assigned device. */
    void add(Fields linkage) {
        linkage.text("id").ifPresent(id -> shown.put(id, false));
    }

    /** Whether a device is assigned; it has been shown then. */
    boolean show(String id) {
        return shown.computeIfPresent(id, (key, before) -> true) != null;
    }

    /** The assigned devices that have not been shown. */
    List<String> unshown() {
        return shown.entrySet().stream()
                .filter(each -> !each.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
