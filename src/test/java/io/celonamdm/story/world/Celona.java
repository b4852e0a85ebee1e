package io.celonamdm.story.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Celona, as far as the connector calls it. */
public final class Celona {
    private static final String NOT_PROVISIONED =
            "ICCID status needs to be 'Provisioned' for activation, following ICCIDs are not provisioned";
    private static final String IN_GROUP = "Devices already are assigned to a Device Group, please reassign them first";

    /** An eSIM. */
    public static final class Esim {
        public final String iccid;
        /** Whose it is. */
        final String customer;

        public String eid = "";
        public Instant ready = Instant.MAX;
        public boolean downloaded;
        public boolean active;
        public String group = "";
        /** How long its phone had acknowledged its command without downloading it, when its activation was refused. */
        public Duration looksActive = Duration.ZERO;

        Esim(String iccid, String customer) {
            this.iccid = iccid;
            this.customer = customer;
        }
    }

    private record Row(String eid, String iccid, String status, Instant ready) {}

    private final World world;
    private final Map<String, Esim> esims = new LinkedHashMap<>();
    private final Map<String, List<Row>> requests = new HashMap<>();
    /** The eSIMs that each EID was ever given. */
    public final Map<String, List<String>> given = new HashMap<>();
    /** EIDs whose assignment fails, with what is said. */
    public final Map<String, String> fails = new HashMap<>();

    public final Set<String> groups = new HashSet<>(Set.of("Field Crew", "Office"));
    /** Whether an eSIM can be activated before it is on its phone. */
    public boolean provisionedWhenAssigned;

    public boolean refusesBatch;
    public boolean partial;
    public boolean aboutOthers;
    public boolean keyRevoked;
    public String failureWord = "FAILED";
    public Duration slow = Duration.ofSeconds(3);
    private int stock;
    private int made;

    Celona(World world) {
        this.world = world;
    }

    /** Sets how many eSIMs are left. */
    public void stock(int left) {
        stock = left;
    }

    /** The eSIM with an ICCID. */
    public @Nullable Esim find(@Nullable String iccid) {
        return iccid == null ? null : esims.get(iccid);
    }

    /** Forgets all requests. */
    public void forgetRequests() {
        requests.clear();
    }

    /** Activates an eSIM, as an administrator does. */
    public void activateByHand(String eid) {
        given.getOrDefault(eid, List.of()).forEach(iccid -> {
            Esim esim = find(iccid);
            if (esim != null) {
                esim.active = true;
                esim.group = "Office";
            }
        });
    }

    /** How many eSIMs of a customer an EID was ever given. */
    long given(String eid, String customer) {
        return given.getOrDefault(eid, List.of()).stream()
                .map(esims::get)
                .filter(each -> each.customer.equals(customer))
                .count();
    }

    List<Esim> ordered(String eid, Instant now) {
        return given.getOrDefault(eid, List.of()).stream()
                .map(esims::get)
                .filter(esim -> esim.eid.equals(eid) && !esim.ready.isAfter(now))
                .toList();
    }

    Reply answer(Received call, Instant now) {
        boolean rsp = call.path().contains("/rsp/");
        if (keyRevoked || !call.apiKey().equals(World.API_KEY)) {
            return refusal(401, "Unauthorized", rsp);
        }
        return switch (call.call()) {
            case ASSIGN -> assign(call, now);
            case STATUS -> status(call, now);
            case ACTIVATE -> activate(call, now);
            default -> Reply.json(200, Json.of("data", List.of(), "responseMeta", meta(200, "")));
        };
    }

    private static Object meta(int code, String error) {
        return Json.of("code", code, "error", error, "success", error.isEmpty());
    }

    private static Reply refusal(int status, String error, boolean rsp) {
        return Reply.json(
                status,
                rsp
                        ? Json.of("code", status, "data", null, "error", error, "success", false)
                        : Json.of("data", null, "responseMeta", meta(status, error)));
    }

    private Reply assign(Received call, Instant now) {
        List<List<String>> rows = call.rows();
        if (refusesBatch && rows.size() > stock) {
            return refusal(400, "No available eSIMs", true);
        }
        String request = "req-" + requests.size() + "-" + made;
        List<Row> results = new ArrayList<>();
        for (List<String> row : rows) {
            String eid = row.get(0);
            world.counted("assign", eid);
            String fails = this.fails.get(eid);
            if (fails != null || stock == 0) {
                results.add(new Row(eid, "", fails == null ? "FAILED: No available eSIMs" : fails, now.plus(slow)));
                continue;
            }
            stock--;
            Esim esim = new Esim("89105212%012d".formatted(3_310_000_000L + made++), call.field("customer_id"));
            esim.eid = eid;
            esim.ready = now.plus(slow);
            esims.put(esim.iccid, esim);
            given.computeIfAbsent(eid, key -> new ArrayList<>()).add(esim.iccid);
            results.add(new Row(eid, esim.iccid, "SUCCESS", esim.ready));
            world.assigned(eid, esim.customer);
        }
        requests.put(request, results);
        return Reply.json(
                202,
                Json.of(
                        "code",
                        202,
                        "data",
                        Json.of("request_id", request, "server_url", "https://sm-v4.pr.go-esim.com"),
                        "error",
                        "",
                        "success",
                        true));
    }

    private Reply status(Received call, Instant now) {
        List<Row> rows = requests.get(call.query().getOrDefault("request_id", ""));
        if (rows == null) {
            return refusal(404, "Request not found", true);
        }
        List<Object> configs = new ArrayList<>();
        for (Row row : rows) {
            boolean over = !row.ready.isAfter(now);
            if (over || !partial) {
                configs.add(Json.of(
                        "eid", row.eid, "iccid", over ? row.iccid : "", "status", over ? row.status : "PENDING"));
            }
        }
        if (aboutOthers) {
            configs.add(Json.of("eid", World.eid(999_999), "iccid", "89105212000000000001", "status", "SUCCESS"));
        }
        return Reply.json(200, Json.of("code", 200, "data", Json.of("configs", configs), "error", "", "success", true));
    }

    private Reply activate(Received call, Instant now) {
        String op = call.query().getOrDefault("op_code", "");
        Map<String, List<String>> done = new LinkedHashMap<>();
        Map<String, List<String>> failed = new LinkedHashMap<>();
        for (List<String> row : call.rows()) {
            String iccid = row.get(0);
            Esim esim = esims.get(iccid);
            world.counted("activate", iccid);
            if (esim == null) {
                add(failed, "DEVICE_ACTIVATION|No IMSI records found for the given ICCIDs", iccid);
                continue;
            }
            if (!op.equals("DG_ASSIGN")) {
                boolean provisioned =
                        !esim.active && (esim.downloaded || (provisionedWhenAssigned && !esim.ready.isAfter(now)));
                if (!provisioned) {
                    looksActive(esim, now);
                    add(failed, "DEVICE_ACTIVATION|" + NOT_PROVISIONED, iccid);
                    continue;
                }
                esim.active = true;
                add(done, "DEVICE_ACTIVATION", iccid);
                add(done, "DEVICE_NAME_UPDATE", iccid);
            }
            if (!op.equals("ACTIVATE")) {
                String group = row.get(op.equals("DG_ASSIGN") && row.size() == 3 ? 2 : 3);
                String wanted = group.isEmpty() ? "Default" : group;
                if (!group.isEmpty() && !groups.contains(group)) {
                    add(failed, "DEVICE_GROUP_ASSIGNMENT|Device group: " + group + " doesn't exist", iccid);
                } else if (!esim.group.isEmpty()) {
                    add(failed, "DEVICE_GROUP_ASSIGNMENT|" + IN_GROUP, iccid);
                } else {
                    esim.group = wanted;
                    add(done, "DEVICE_GROUP_ASSIGNMENT", iccid);
                }
            }
        }
        if (aboutOthers) {
            add(done, "DEVICE_ACTIVATION", "89105212000000000001");
        }
        List<Object> successes = new ArrayList<>();
        done.forEach((action, iccids) -> successes.add(Json.of("action", action, "iccids", iccids)));
        List<Object> failures = new ArrayList<>();
        failed.forEach((key, iccids) -> failures.add(Json.of(
                "action",
                key.substring(0, key.indexOf('|')),
                "iccids",
                iccids,
                "reason",
                key.substring(key.indexOf('|') + 1))));
        return Reply.json(
                200,
                Json.of(
                        "data",
                        Json.of(
                                "failed_devices",
                                failures.isEmpty() ? null : failures,
                                "successful_devices",
                                successes.isEmpty() ? null : successes),
                        "responseMeta",
                        meta(200, "")));
    }

    private void looksActive(Esim esim, Instant now) {
        for (Phone phone : world.phones) {
            Duration since = Duration.between(phone.acknowledged.getOrDefault(esim.eid, now), now);
            esim.looksActive = since.compareTo(esim.looksActive) > 0 ? since : esim.looksActive;
        }
    }

    private static void add(Map<String, List<String>> to, String key, String iccid) {
        to.computeIfAbsent(key, each -> new ArrayList<>()).add(iccid);
    }
}
