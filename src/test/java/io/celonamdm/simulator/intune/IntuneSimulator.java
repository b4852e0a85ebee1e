package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.RequestLog;
import io.celonamdm.simulator.web.Router;
import io.celonamdm.simulator.web.SimulatorServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A tenant with Intune that manages a fleet, behind Graph and Entra at one address. */
public final class IntuneSimulator implements AutoCloseable {
    private static final String DEVICES = "/(v1.0|beta)/deviceManagement/managedDevices";
    private static final String JOBS = "/v1.0/deviceManagement/reports/exportJobs";
    private static final String PROFILES = "/v1.0/deviceManagement/deviceConfigurations";

    private final IntuneSettings settings = new IntuneSettings();
    private final TokenEndpoint tokens = new TokenEndpoint(settings);
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Enrolments enrolments;
    private final CellularPlans plans;
    private final ProfilesEndpoint profiles;
    private final DirectoryEndpoint directory;
    private final BatchEndpoint batches;
    private final SimulatorServer server;

    private IntuneSimulator(int port, PhoneFleet fleet, ProfileServer profileServer) {
        enrolments = new Enrolments(fleet);
        plans = new CellularPlans(profileServer);
        profiles = new ProfilesEndpoint(settings, this::isGroup, this::deliver);
        directory = new DirectoryEndpoint(enrolments, settings, group -> deliver());
        Router router = router();
        batches = new BatchEndpoint(router);
        router.add("POST", "/(v1.0|beta)/\\$batch", guarded(batches::answer));
        server = SimulatorServer.start(port, router);
    }

    /** Starts on a port (0: any free one) with a fleet whose devices download from the given SM-DP+. */
    public static IntuneSimulator start(int port, PhoneFleet fleet, ProfileServer profileServer) {
        return new IntuneSimulator(port, fleet, profileServer);
    }

    /** The address of Graph and of Entra. */
    public String url() {
        return server.url();
    }

    /** How the tenant is set up. */
    public IntuneSettings settings() {
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

    /** A device as Intune manages it. */
    public ManagedDevice device(Phone phone) {
        return enrolments.of(phone);
    }

    /** Makes a group without members. */
    public void group(String id) {
        directory.group(id);
    }

    /** The object ids of a group's members. */
    public Set<String> members(String group) {
        return Set.copyOf(directory.members(group));
    }

    /** The configuration profiles. */
    public List<DeviceProfile> profiles() {
        return List.copyOf(profiles.profiles());
    }

    /** A profile for Windows devices that somebody has made. */
    public DeviceProfile profile(String name, String description) {
        return profile("windows10CustomConfiguration", name, description);
    }

    /** A profile of a type that somebody has made. */
    public DeviceProfile profile(String type, String name, String description) {
        return profiles.add(type, name, description);
    }

    /** Throttles the first request inside of each of the next n batches. */
    public void throttleInBatches(int n) {
        batches.throttle(n);
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
        DevicesEndpoint devices = new DevicesEndpoint(enrolments, settings, plans);
        ReportsEndpoint reports = new ReportsEndpoint(enrolments, settings, this::url);
        return new Router(request -> GraphErrors.notFound())
                .add("POST", "/[^/]+/oauth2/v2.0/token", tokens::token)
                .add("POST", JOBS, guarded(reports::create, Permission.WRITE_DEVICES))
                .add("GET", JOBS, guarded(reports::list, Permission.READ_DEVICES))
                .add("GET", JOBS + "/[^/]+", guarded(reports::get, Permission.READ_DEVICES))
                .add("GET", "/blob/.+", reports::file)
                .add("GET", DEVICES, guarded(devices::list, Permission.READ_DEVICES))
                .add("GET", DEVICES + "/[^/]+", guarded(devices::get, Permission.READ_DEVICES))
                .add(
                        "POST",
                        "/beta/deviceManagement/managedDevices/executeAction",
                        guarded(devices::execute, Permission.COMMAND))
                .add(
                        "POST",
                        "/beta/deviceManagement/managedDevices/[^/]+/activateDeviceEsim",
                        guarded(devices::activate, Permission.COMMAND))
                .add("GET", PROFILES, guarded(profiles::list, Permission.PROFILES))
                .add("POST", PROFILES, guarded(profiles::create, Permission.PROFILES))
                .add("PATCH", PROFILES + "/[^/]+", guarded(profiles::update, Permission.PROFILES))
                .add("GET", PROFILES + "/[^/]+/assignments", guarded(profiles::assignments, Permission.PROFILES))
                .add("POST", PROFILES + "/[^/]+/assign", guarded(profiles::assign, Permission.PROFILES))
                .add("GET", "/v1.0/devices", guarded(directory::devices, Permission.READ_ENTRA))
                .add("GET", "/v1.0/groups/[^/]+/members", guarded(directory::members, Permission.ADD_MEMBERS))
                .add("PATCH", "/v1.0/groups/[^/]+", guarded(directory::add, Permission.ADD_MEMBERS));
    }

    private boolean isGroup(String id) {
        return directory.isGroup(id);
    }

    /** Members of a group with a profile look at its download server, each at each once. */
    private void deliver() {
        for (DeviceProfile profile : profiles.profiles()) {
            for (String group : profile.groups()) {
                directory
                        .members(group)
                        .forEach(member -> enrolments
                                .byObjectId(member)
                                .ifPresent(device -> profile.servers().forEach(host -> look(device, host))));
            }
        }
    }

    private void look(ManagedDevice device, String host) {
        if (served.add(device.objectId() + " " + host)) {
            plans.refresh(device.phone(), "https://" + host, answer -> {});
        }
    }

    private Endpoint guarded(Endpoint endpoint, String... permissions) {
        List<String> needed = List.of(permissions);
        return request -> {
            if (!tokens.permit(request)) {
                return GraphErrors.unauthorized();
            }
            return needed.stream().allMatch(settings::allows) ? endpoint.answer(request) : GraphErrors.forbidden();
        };
    }
}
