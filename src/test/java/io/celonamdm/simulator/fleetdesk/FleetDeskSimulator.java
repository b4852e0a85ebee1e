package io.celonamdm.simulator.fleetdesk;

import io.celonamdm.simulator.phone.CellularPlans;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import io.celonamdm.simulator.web.Router;
import io.celonamdm.simulator.web.SimulatorServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** An inventory with pages, a token, and jobs that make a device download its eSIM. */
public final class FleetDeskSimulator implements AutoCloseable {
    /** The token that every call must carry. */
    public static final String TOKEN = "fleet-desk-token";

    private static final int PAGE = 10;

    private final PhoneFleet fleet;
    private final CellularPlans plans;
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final SimulatorServer server;

    private FleetDeskSimulator(PhoneFleet fleet, ProfileServer profileServer) {
        this.fleet = fleet;
        this.plans = new CellularPlans(profileServer);
        server = SimulatorServer.start(
                0,
                new Router(request -> Answer.json(404, Json.object("error", "no such resource")))
                        .add("GET", "/devices", request -> guarded(request, this::devices))
                        .add("GET", "/jobs", request -> guarded(request, this::job))
                        .add("POST", "/jobs", request -> guarded(request, this::start)));
    }

    /** Starts on any free port with a fleet whose phones download from the given SM-DP+. */
    public static FleetDeskSimulator start(PhoneFleet fleet, ProfileServer profileServer) {
        return new FleetDeskSimulator(fleet, profileServer);
    }

    /** The address of the server. */
    public String url() {
        return server.url();
    }

    /** What goes wrong on the wire. */
    public Faults faults() {
        return server.faults();
    }

    /** What came in. */
    public RequestLog log() {
        return server.log();
    }

    @Override
    public void close() {
        server.close();
        plans.close();
    }

    private static Answer guarded(Request request, Function<Request, Answer> endpoint) {
        boolean known = request.header("X-Token").filter(TOKEN::equals).isPresent();
        return known ? endpoint.apply(request) : Answer.json(401, Json.object("error", "unknown token"));
    }

    private Answer devices(Request request) {
        int page = Integer.parseInt(request.query("page").orElse("1"));
        List<Phone> phones = fleet.phones();
        List<Object> shown = phones.stream()
                .skip((long) (page - 1) * PAGE)
                .limit(PAGE)
                .map(FleetDeskSimulator::device)
                .toList();
        Object next = page * PAGE < phones.size() ? (Object) (page + 1) : null;
        return Answer.json(200, Json.object("devices", shown, "nextPage", next));
    }

    private static Object device(Phone phone) {
        Object esim = Json.object("eid", phone.reportedEid(), "imei", null, "profiles", phone.celonaIccids());
        return Json.object(
                "id",
                phone.serialNumber().hashCode(),
                "agent",
                phone.managementId(),
                "label",
                phone.name(),
                "serial",
                phone.serialNumber(),
                "model",
                phone.model().name(),
                "platform",
                "Android",
                "tags",
                List.copyOf(phone.groups()),
                "site",
                "Basel",
                "retired",
                !phone.managed(),
                "esim",
                esim);
    }

    private Answer start(Request request) {
        String agent = request.json().path("agent").asText();
        Optional<Phone> phone = phone(agent);
        if (phone.isEmpty()) {
            return Answer.json(404, Json.object("error", "no agent " + agent));
        }
        states.put(agent, "queued");
        plans.refresh(phone.get(), request.json().path("smdp").asText(), answer -> states.put(agent, "done"));
        return Answer.json(202, Json.object("job", agent, "state", "queued"));
    }

    private Answer job(Request request) {
        String job = request.query("job").or(() -> request.query("agent")).orElse("");
        String state = states.get(job);
        return Answer.json(200, Json.object("job", state == null ? null : job, "state", state));
    }

    private Optional<Phone> phone(String agent) {
        return fleet.phones().stream()
                .filter(phone -> phone.managementId().equals(agent))
                .findFirst();
    }
}
