package io.celonamdm.simulator.apple;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import io.celonamdm.simulator.web.Router;
import io.celonamdm.simulator.web.SimulatorServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An organization at Apple that has bought phones, behind the API and the token endpoint at one address. */
public final class AppleBusinessSimulator implements AutoCloseable {
    private static final String ORG_DEVICES = "/v1/orgDevices";
    private static final String SERVERS = "/v1/mdmServers";
    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    private final ApiAccount account = new ApiAccount();
    private final PhoneFleet fleet;
    private final Map<String, String> servers = new LinkedHashMap<>();
    private final Map<Phone, String> assigned = new ConcurrentHashMap<>();
    private final Map<Phone, Map<String, @Nullable Object>> odd = new ConcurrentHashMap<>();
    private final Set<Phone> released = ConcurrentHashMap.newKeySet();
    private final List<Object> oddRecords = new CopyOnWriteArrayList<>();
    private final SimulatorServer server;
    private volatile boolean nextCursor = true;
    private volatile int total = -1;

    private AppleBusinessSimulator(PhoneFleet fleet) {
        this.fleet = fleet;
        server = SimulatorServer.start(
                0,
                new Router(request -> error(404, "NOT_FOUND", "There is no resource of that path."))
                        .add("POST", "/auth/oauth2/token", account::token)
                        .add("GET", ORG_DEVICES, guarded(this::devices))
                        .add("GET", SERVERS, guarded(this::servers))
                        .add("GET", SERVERS + "/[^/]+/relationships/devices", guarded(this::linkages)));
    }

    /** Starts on any free port, with all phones of a fleet bought and assigned to no service. */
    public static AppleBusinessSimulator start(PhoneFleet fleet) {
        return new AppleBusinessSimulator(fleet);
    }

    /** The address of the API. */
    public String url() {
        return server.url();
    }

    /** Where tokens are issued. */
    public String tokenUrl() {
        return server.url() + "/auth/oauth2/token";
    }

    /** The API account. */
    public ApiAccount account() {
        return account;
    }

    /** What goes wrong on the wire. */
    public Faults faults() {
        return server.faults();
    }

    /** What came in. */
    public RequestLog log() {
        return server.log();
    }

    /** Adds a device management service. */
    public AppleBusinessSimulator service(String id, String name) {
        servers.put(id, name);
        return this;
    }

    /** Assigns a phone to a service. */
    public AppleBusinessSimulator assign(Phone phone, String service) {
        assigned.put(phone, service);
        return this;
    }

    /** Gives a phone away, which Apple still lists. */
    public void release(Phone phone) {
        released.add(phone);
    }

    /** Shows another value in a phone's attributes. */
    public void show(Phone phone, String attribute, @Nullable Object value) {
        odd.computeIfAbsent(phone, key -> new LinkedHashMap<>()).put(attribute, value);
    }

    /** Shows a record that is none. */
    public void showRecord(Object record) {
        oddRecords.add(record);
    }

    /** Names the next page in links alone, whose host is not the API's, as in Apple's documents. */
    public void linksOnly() {
        nextCursor = false;
    }

    /** Names a number of devices with each page. */
    public void total(int number) {
        total = number;
    }

    @Override
    public void close() {
        server.close();
    }

    private Endpoint guarded(Endpoint endpoint) {
        return request -> account.permits(request)
                ? endpoint.answer(request)
                : error(401, "NOT_AUTHORIZED", "Authentication credentials are missing or invalid.");
    }

    private Answer devices(Request request) {
        List<Object> all = new ArrayList<>(oddRecords);
        fleet.phones().forEach(phone -> all.add(device(phone)));
        return page(request, ORG_DEVICES, all);
    }

    private Answer servers(Request request) {
        List<Object> all = new ArrayList<>();
        servers.forEach((id, name) -> all.add(Json.object(
                "type", "mdmServers", "id", id, "attributes", Json.object("serverName", name, "serverType", "MDM"))));
        return page(request, SERVERS, all);
    }

    private Answer linkages(Request request) {
        String id = request.path().split("/", -1)[3];
        List<Object> all = new ArrayList<>();
        for (Phone phone : fleet.phones()) {
            if (id.equals(assigned.get(phone))) {
                all.add(Json.object("type", "orgDevices", "id", phone.serialNumber()));
            }
        }
        return page(request, request.path(), all);
    }

    private Object device(Phone phone) {
        boolean iPad = phone.model().name().startsWith("IPAD");
        Map<String, @Nullable Object> attributes = Json.object(
                "serialNumber",
                phone.serialNumber(),
                "addedToOrgDateTime",
                "2026-11-20T22:05:14.192Z",
                "releasedFromOrgDateTime",
                released.contains(phone) ? "2026-11-25T15:33:54.164Z" : null,
                "updatedDateTime",
                "2026-11-21T15:33:54.164Z",
                "deviceModel",
                iPad ? "iPad" : "iPhone 15 Pro",
                "productFamily",
                iPad ? "iPad" : "iPhone",
                "orderNumber",
                "1234567890",
                "status",
                assigned.containsKey(phone) ? "ASSIGNED" : "UNASSIGNED",
                "imei",
                List.of("356938035643809", "356938035643817"),
                "eid",
                phone.eid().isEmpty() ? null : phone.eid());
        attributes.putAll(odd.getOrDefault(phone, Map.of()));
        return Json.object("type", "orgDevices", "id", phone.serialNumber(), "attributes", attributes);
    }

    private Answer page(Request request, String path, List<Object> all) {
        int limit = Integer.parseInt(request.query("limit").orElse(String.valueOf(USUAL_LIMIT)));
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            return error(400, "PARAMETER_ERROR.INVALID", "limit is not valid");
        }
        int from = request.query("cursor").map(AppleBusinessSimulator::place).orElse(0);
        int to = Math.min(from + limit, all.size());
        Map<String, @Nullable Object> paging = Json.object("limit", limit);
        Map<String, @Nullable Object> links = Json.object("self", "https://api-business.apple" + path);
        if (to < all.size()) {
            String cursor = cursor(to);
            links.put("next", "https://api-business.apple" + path + "?cursor=" + cursor.replace("=", "%3D"));
            if (nextCursor) {
                paging.put("nextCursor", cursor);
            }
        }
        if (total >= 0) {
            paging.put("total", total);
        }
        return Answer.json(
                200, Json.object("data", all.subList(from, to), "links", links, "meta", Json.object("paging", paging)));
    }

    /** Not safe in an address as it is. */
    private static String cursor(int place) {
        return Base64.getEncoder().encodeToString(("+/" + place).getBytes(StandardCharsets.UTF_8)) + "==";
    }

    private static int place(String cursor) {
        String text = cursor.endsWith("==") ? cursor.substring(0, cursor.length() - 2) : cursor;
        return Integer.parseInt(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).substring(2));
    }

    private static Answer error(int status, String code, String detail) {
        return Answer.json(
                status,
                Json.object(
                        "errors",
                        List.of(Json.object(
                                "id",
                                "5d3b2f6c-0000",
                                "status",
                                String.valueOf(status),
                                "code",
                                code,
                                "title",
                                code,
                                "detail",
                                detail))));
    }
}
