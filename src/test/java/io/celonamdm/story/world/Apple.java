package io.celonamdm.story.world;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Apple Business Manager, as far as the connector calls it. It knows every phone that the organization has bought; those
 * of this tenant are in their boxes.
 */
public final class Apple extends Mdm {
    /** The service that phones are assigned to. */
    public static final String SERVER = "The story's MDM";

    /** The key of the connector's account. */
    public static final String KEY = key();

    private final Set<String> tokens = new HashSet<>();
    /** Whether a list ends before its total. */
    public boolean endsEarly;
    /** How many of the next devices are on no page. */
    public int leavesOut;

    private int issued;

    Apple(World world, int number) {
        super(world, number);
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Kind kind() {
        return Kind.APPLE;
    }

    @Override
    public void heal() {
        super.heal();
        endsEarly = false;
        leavesOut = 0;
    }

    @Override
    Reply answer(Received call, Instant now, boolean answered) {
        if (call.call() == Call.TOKEN) {
            String token = "story-apple-" + world.seed + "-" + issued++ + World.SECRET_MARK;
            tokens.add("Bearer " + token);
            return Reply.json(200, Json.of("access_token", token, "token_type", "Bearer", "expires_in", 3600));
        }
        if (!tokens.contains(call.authorization())) {
            return Reply.json(401, Json.of("errors", List.of(Json.of("status", "401", "code", "NOT_AUTHORIZED"))));
        }
        return switch (call.path()) {
            case "/v1/mdmServers" ->
                page(
                        call,
                        List.of(
                                Json.of("id", "S0", "attributes", Json.of("serverName", "Another")),
                                Json.of("id", "S1", "attributes", Json.of("serverName", SERVER))),
                        2);
            case "/v1/mdmServers/S1/relationships/devices" -> {
                List<Object> ids = new ArrayList<>();
                assigned().forEach(phone -> ids.add(Json.of("type", "orgDevices", "id", phone.serial)));
                yield page(call, ids, ids.size());
            }
            case "/v1/orgDevices" -> devices(call, now);
            default -> Reply.json(404, Json.of("errors", List.of(Json.of("status", "404", "code", "NOT_FOUND"))));
        };
    }

    private List<Phone> assigned() {
        return collapsed
                ? List.of()
                : world.phones.stream().filter(each -> each.assigned).toList();
    }

    private Reply devices(Received call, Instant now) {
        List<Object> devices = new ArrayList<>();
        for (Phone phone : world.phones) {
            if (leavesOut-- > 0) {
                continue;
            }
            devices.add(Json.of(
                    "type",
                    "orgDevices",
                    "id",
                    phone.serial,
                    "attributes",
                    Json.of(
                            "serialNumber",
                            phone.serial,
                            "productFamily",
                            "iPhone",
                            "deviceModel",
                            "iPhone 15 Pro",
                            "status",
                            phone.assigned ? "ASSIGNED" : "UNASSIGNED",
                            "eid",
                            phone.id % 2 == 0 ? phone.eid : List.of(phone.eid))));
            if (phone.tenant == number) {
                world.shown(phone, now);
            }
        }
        int total = devices.size();
        if (endsEarly && !devices.isEmpty()) {
            devices.remove(total - 1);
        }
        return page(call, devices, total);
    }

    private static Reply page(Received call, List<?> all, int total) {
        int from = Integer.parseInt(call.query().getOrDefault("cursor", "0"));
        int limit = Integer.parseInt(call.query().getOrDefault("limit", "100"));
        boolean goesOn = from + limit < all.size();
        return Reply.json(
                200,
                Json.of(
                        "data",
                        all.stream().skip(from).limit(limit).toList(),
                        "links",
                        Json.of("self", "https://apple.test" + call.path()),
                        "meta",
                        Json.of(
                                "paging",
                                Json.of(
                                        "total",
                                        total,
                                        "limit",
                                        limit,
                                        "nextCursor",
                                        goesOn ? String.valueOf(from + limit) : null))));
    }
}
