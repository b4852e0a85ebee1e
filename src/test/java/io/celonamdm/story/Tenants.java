package io.celonamdm.story;

import io.celonamdm.story.Event.What;
import io.celonamdm.story.world.Apple;
import io.celonamdm.story.world.Call;
import io.celonamdm.story.world.Csv;
import io.celonamdm.story.world.Intune;
import io.celonamdm.story.world.IntuneProfiles;
import io.celonamdm.story.world.Mdm.Kind;
import io.celonamdm.story.world.World;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tenants of a story's MDMs, each with a sync of its own; all have one customer of Celona, but for the last one of some. */
final class Tenants {
    /** The syncs' names. */
    static final List<String> SYNCS = List.of("warehouse", "office", "depot");

    /** The setting with the customer of the last tenant, if it is not that of the others. */
    static final String LAST_CUSTOMER = "celona.customer-id";

    /** The setting with the version of the profile, which a Jamf Pro has one of, too, and which people raise. */
    static final String PROFILE_VERSION = "mdm.profile.version-number";

    /** The setting with the private network, for which an Intune has a profile. */
    static final String PROFILE = "mdm.profile.network-identifier";

    /** The setting with the group of PCs, which half of the devices of an Intune are then. */
    static final String PCS = "mdm.intune.windows.group";

    /** The setting that is none: how many processes work on the ledger. */
    static final String REPLICAS = "replicas";

    private static final String CUSTOMER = "104242";

    private static final String HOST = "http://127.0.0.1:";

    private static final List<List<Kind>> OTHERS = List.of(
            List.of(Kind.INTUNE),
            List.of(Kind.INTUNE),
            List.of(Kind.JAMF, Kind.JAMF),
            List.of(Kind.JAMF, Kind.INTUNE),
            List.of(Kind.INTUNE, Kind.JAMF),
            List.of(Kind.INTUNE, Kind.INTUNE),
            List.of(Kind.CSV_ADDITIONS),
            List.of(Kind.CSV),
            List.of(Kind.CSV, Kind.JAMF));

    private static final Map<String, List<String>> INTUNES = new TreeMap<>(Map.of(
            "mdm.intune.inventory", List.of("export", "list"),
            "mdm.intune.bulk", List.of("true", "true", "false"),
            "mdm.intune.complete-eids", List.of("true", "false")));

    static final List<What> INTUNE = List.of(
            What.MDM_REPORTS_LATE,
            What.MDM_REPORTS_NEVER,
            What.MDM_REPORTS_NOTHING,
            What.MDM_REPORTS_THE_PAST,
            What.MDM_ANSWERS_PARTLY,
            What.MDM_ANSWERS_PARTLY,
            What.MDM_LEAVES_OUT,
            What.MDM_LEAVES_OUT,
            What.MDM_TAKES_NO_BULK);

    static final List<What> FILES = List.of(
            What.FILE_EXPORTED, What.FILE_REPLACED, What.FILE_REPLACED, What.FILE_BROKEN, What.FILE_WRITTEN_SLOWLY);

    /** What happens while a file is read. */
    static final List<What> WHILE_READING = List.of(
            What.FILE_REPLACED,
            What.FILE_REPLACED,
            What.FILE_EXPORTED,
            What.DIES,
            What.PAUSE,
            What.CANCEL,
            What.PHONE_COMES);

    private Tenants() {}

    /** Half of the stories as they are, the others with other tenants. */
    static Story of(Story story) {
        Random random = new Random(story.seed() * 0xBF58476D1CE4E5B9L);
        random.nextInt();
        if (random.nextBoolean()) {
            return story;
        }
        return of(story, OTHERS.get(random.nextInt(OTHERS.size())), random);
    }

    /** A story with these tenants. */
    static Story of(Story story, List<Kind> tenants) {
        return of(story, tenants, new Random(story.seed() * 0xBF58476D1CE4E5B9L));
    }

    private static Story of(Story story, List<Kind> tenants, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        INTUNES.forEach((key, values) -> settings.put(key, values.get(random.nextInt(values.size()))));
        List<Event> events = new ArrayList<>(story.events());
        if (tenants.contains(Kind.INTUNE)) {
            for (int i = random.nextInt(4); i > 0; i--) {
                events.add(atTime(random, story, INTUNE.get(random.nextInt(INTUNE.size()))));
            }
        }
        if (tenants.contains(Kind.CSV) || tenants.contains(Kind.CSV_ADDITIONS)) {
            for (int i = random.nextInt(4); i > 0; i--) {
                events.add(atTime(random, story, FILES.get(random.nextInt(FILES.size()))));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                What what = WHILE_READING.get(random.nextInt(WHILE_READING.size()));
                events.add(Event.during(Call.FILE.name(), 1 + random.nextInt(6), what, random.nextInt(1000)));
            }
        }
        for (int i = tenants.size() > 1 ? random.nextInt(4) : 0; i > 0; i--) {
            events.add(atTime(random, story, What.PHONE_CHANGES_TENANT));
        }
        if (random.nextInt(4) == 0) {
            events.add(atTime(random, story, What.SETTINGS));
        }
        return story.at(tenants, settings, events);
    }

    private static Event atTime(Random random, Story story, What what) {
        int minute = random.nextInt(3) == 0 ? random.nextInt(Stories.DAY) : Stories.NIGHT - 10 + random.nextInt(60);
        return Event.at(random.nextInt(story.nights()) * Stories.DAY + minute, what, random.nextInt(1000));
    }

    /** The hosts of all tenants, and those at which their syncs find Celona. */
    static Stream<URI> hosts() {
        return IntStream.range(0, SYNCS.size())
                .map(number -> World.FIRST_PORT + number * World.PORTS)
                .flatMap(port -> IntStream.of(port, port + 1))
                .mapToObj(port -> URI.create(HOST + port));
    }

    /** The settings of the syncs of tenants. */
    static Map<String, String> settings(List<Kind> tenants, Map<String, String> differing) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < tenants.size(); i++) {
            String prefix = "connector.syncs." + SYNCS.get(i) + ".";
            settings(i, tenants, differing).forEach((key, value) -> all.put(prefix + key, value));
        }
        return all;
    }

    private static String customer(int number, List<Kind> tenants, Map<String, String> differing) {
        return number == tenants.size() - 1 ? differing.getOrDefault(LAST_CUSTOMER, CUSTOMER) : CUSTOMER;
    }

    /** The settings of a tenant's sync: those of nearly every customer, and what differs. */
    private static Map<String, String> settings(int number, List<Kind> tenants, Map<String, String> differing) {
        Kind kind = tenants.get(number);
        int port = World.FIRST_PORT + number * World.PORTS;
        String mdm = HOST + port;
        String celona = HOST + (port + 1);
        Map<String, String> all = new TreeMap<>();
        all.put("schedule", "0 30 4 * * ?");
        all.put("mdm.client-id", "story");
        all.put("mdm.client-secret", World.CLIENT_SECRET);
        all.put("celona.api-key", World.API_KEY);
        all.put("celona.assign-url", celona);
        all.put("celona.activation-url", celona);
        all.put("device-groups[0].group", "Field Crew");
        all.put("default-group", "");
        all.put("guards.max-new-percent", "1000000");
        all.put("in-doubt-patience", "12h");
        all.putAll(differing);
        all.remove(REPLICAS);
        all.put(LAST_CUSTOMER, customer(number, tenants, differing));
        int apple = tenants.indexOf(Kind.APPLE);
        if (apple >= 0) {
            all.putAll(account(HOST + (World.FIRST_PORT + apple * World.PORTS)));
        }
        if (kind == Kind.APPLE) {
            all.put("mdm.platform", "apple-business");
            all.put("mdm.apple-business.server", Apple.SERVER);
            all.put("device-groups[0].when.mdm-group", Apple.SERVER);
            all.keySet().removeAll(List.of("mdm.push", "mdm.client-id", "mdm.client-secret", "between"));
        } else if (kind == Kind.JAMF) {
            all.put("mdm.platform", "jamf");
            all.put("mdm.base-url", mdm);
            all.put("device-groups[0].when.mdm-group", "Drivers");
            if (differing.containsKey(PROFILE_VERSION)) {
                all.merge("mdm.push", "profile", (ways, profile) -> ways + "," + profile);
            }
        } else if (kind != Kind.INTUNE) {
            all.put("mdm.platform", "csv");
            all.put("mdm.folder", Csv.folder(number).toString());
            all.put("mdm.csv.mode", kind == Kind.CSV ? "full" : "additions");
            all.put("device-groups[0].when.mdm-group", "Drivers");
            all.keySet().removeAll(List.of("mdm.push", "mdm.client-id", "mdm.client-secret"));
        } else {
            all.put("mdm.platform", "intune");
            all.put("mdm.tenant-id", "story");
            all.put("mdm.login-url", mdm);
            all.put("mdm.graph-url", mdm);
            all.put("mdm.repeat.after", "6h");
            all.put("device-groups[0].when.category", "Drivers");
            all.remove("mdm.push");
            if (differing.containsKey(PROFILE)) {
                all.put("mdm.push", "command,profile");
                all.put("mdm.intune.apple.group", IntuneProfiles.GROUP);
            }
            if (differing.containsKey(PCS)) {
                all.put("mdm.enrich.file", Intune.eids(number).toString());
            }
            all.put("mdm.enrich.apple-business", String.valueOf(apple >= 0));
        }
        return all;
    }

    /** The account at Apple, whose EIDs an Intune that does not know its own takes. */
    private static Map<String, String> account(String host) {
        return Map.of(
                "mdm.apple-business.client-id",
                "BUSINESSAPI.story",
                "mdm.apple-business.key-id",
                "story",
                "mdm.apple-business.private-key",
                Apple.KEY,
                "mdm.apple-business.page-size",
                "4",
                "mdm.apple-business.token-url",
                host + "/auth/oauth2/token",
                "mdm.apple-business.base-url",
                host);
    }
}
