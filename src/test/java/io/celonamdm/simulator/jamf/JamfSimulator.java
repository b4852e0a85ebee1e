package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import io.celonamdm.simulator.web.Router;
import io.celonamdm.simulator.web.SimulatorServer;
import java.util.List;
import java.util.Map;

/** A Jamf Pro server that manages a fleet, as in the schema of Jamf Pro 11.30. */
public final class JamfSimulator implements AutoCloseable {
    private static final String DEVICES = "/api/v2/mobile-devices/";
    private static final String COMMANDS = "/api/v2/mdm/commands";
    private static final String GROUPS = "/api/v2/mobile-device-groups/static-groups";
    private static final String MEMBERSHIP = "/api/v2/mobile-device-groups/static-group-membership/[^/]+";
    private static final String PROFILES = "/JSSResource/mobiledeviceconfigurationprofiles";

    private final JamfSettings settings = new JamfSettings();
    private final AccessTokens tokens = new AccessTokens();
    private final Groups groups = new Groups();
    private final Devices devices;
    private final CellularPlans plans;
    private final CommandsEndpoint commands;
    private final SimulatorServer server;

    private JamfSimulator(int port, PhoneFleet fleet, ProfileServer profileServer) {
        devices = new Devices(fleet);
        plans = new CellularPlans(profileServer);
        commands = new CommandsEndpoint(devices, plans, settings);
        server = SimulatorServer.start(port, router());
    }

    /** Starts on a port (0: any free one) with a fleet whose phones download from the given SM-DP+. */
    public static JamfSimulator start(int port, PhoneFleet fleet, ProfileServer profileServer) {
        return new JamfSimulator(port, fleet, profileServer);
    }

    /** The address of the server. */
    public String url() {
        return server.url();
    }

    /** How the server is set up. */
    public JamfSettings settings() {
        return settings;
    }

    /** What goes wrong on the wire. */
    public Faults faults() {
        return server.faults();
    }

    /** What came in. */
    public RequestLog log() {
        return server.log();
    }

    /** All commands sent. */
    public List<MdmCommand> commands() {
        return commands.commands();
    }

    /** Lets the server forget its commands that have come to an end, as flushing its log does. */
    public void forgetFinishedCommands() {
        commands.forgetFinished();
    }

    /** The commands sent to a phone under its present management id. */
    public List<MdmCommand> commands(Phone phone) {
        return commands().stream()
                .filter(command -> command.managementId().equals(phone.managementId()))
                .toList();
    }

    /** The id under which Jamf Pro lists a phone. */
    public String idOf(Phone phone) {
        return devices.id(phone);
    }

    /** The extension attributes written for a phone. */
    public Map<String, List<String>> extensionAttributes(Phone phone) {
        return Map.copyOf(devices.attributes(devices.id(phone)));
    }

    /** Sets an extension attribute of a phone, as somebody does in Jamf Pro. */
    public void extensionAttribute(Phone phone, String name, String value) {
        devices.attribute(devices.id(phone), name, List.of(value));
    }

    /** Makes a static group without members. */
    public void staticGroup(String name) {
        if (groups.create(name, "").isEmpty()) {
            throw new IllegalArgumentException("group " + name + " exists");
        }
    }

    /** Lets all access tokens given out expire at once. */
    public void expireTokens() {
        tokens.expireAll();
    }

    @Override
    public void close() {
        server.close();
        plans.close();
    }

    private Router router() {
        TokenEndpoint token = new TokenEndpoint(settings, tokens);
        InventoryEndpoint inventory = new InventoryEndpoint(devices, groups);
        DeviceEndpoint device = new DeviceEndpoint(devices, settings);
        StaticGroupsEndpoint staticGroups = new StaticGroupsEndpoint(devices, groups);
        ProfilesEndpoint profiles = new ProfilesEndpoint();
        return new Router(request -> ApiErrors.notFound("No such resource"))
                .add("POST", "/api/v1/oauth/token", token::versioned)
                .add("POST", "/api/oauth/token", token::token)
                .add("GET", "/api/v1/auth", guarded(this::authorization))
                .add("GET", DEVICES + "detail", guarded(inventory::list, Privilege.READ_DEVICES))
                .add("PATCH", DEVICES + "[^/]+", guarded(device::update, Privilege.UPDATE_DEVICES))
                .add(
                        "POST",
                        COMMANDS,
                        guarded(commands::send, Privilege.VIEW_COMMANDS, Privilege.REFRESH_CELLULAR_PLANS))
                .add("GET", COMMANDS, guarded(commands::list, Privilege.VIEW_COMMANDS))
                .add("GET", GROUPS, guarded(staticGroups::list, Privilege.READ_GROUPS))
                .add("POST", GROUPS, guarded(staticGroups::create, Privilege.CREATE_GROUPS))
                .add("PATCH", GROUPS + "/[^/]+", guarded(staticGroups::update, Privilege.UPDATE_GROUPS))
                .add(
                        "GET",
                        MEMBERSHIP,
                        guarded(staticGroups::membership, Privilege.READ_GROUPS, Privilege.READ_DEVICES))
                .add("GET", PROFILES + "/name/[^/]+", guarded(profiles::byName, Privilege.READ_PROFILES))
                .add("POST", PROFILES + "/id/0", guarded(profiles::create, Privilege.CREATE_PROFILES))
                .add("PUT", PROFILES + "/id/[^/]+", guarded(profiles::update, Privilege.UPDATE_PROFILES));
    }

    /** What the token allows, as {@code AuthorizationV1} of the schema. */
    private Answer authorization(Request request) {
        List<String> granted = Privilege.ALL.stream().filter(settings::allows).toList();
        Object account = Json.object("privilegeSet", "CUSTOM", "privilegesBySite", Json.object("-1", granted));
        return Answer.json(200, Json.object("account", account));
    }

    private Endpoint guarded(Endpoint endpoint, String... privileges) {
        List<String> needed = List.of(privileges);
        return request -> {
            if (!tokens.permit(request)) {
                return ApiErrors.invalidToken();
            }
            if (!needed.stream().allMatch(settings::allows)) {
                return ApiErrors.forbidden();
            }
            return answered(endpoint, request);
        };
    }

    private static Answer answered(Endpoint endpoint, Request request) {
        try {
            return endpoint.answer(request);
        } catch (BadRequest e) {
            return ApiErrors.badRequest(e.description());
        }
    }
}
