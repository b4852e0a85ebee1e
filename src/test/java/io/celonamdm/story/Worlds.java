package io.celonamdm.story;

import io.celonamdm.story.Event.What;
import io.celonamdm.story.world.Call;
import io.celonamdm.story.world.IntuneProfiles;
import io.celonamdm.story.world.Mdm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The worlds of seeds: those of {@link Tenants}, of which some have more. What each has is drawn by itself, so that a
 * world that has none of it is the same as ever.
 */
final class Worlds {
    /** What happens by day where syncs look for new phones. */
    static final List<What> BY_DAY = List.of(
            What.PHONE_COMES,
            What.PHONE_COMES,
            What.PHONE_COMES,
            What.PHONE_WIPED,
            What.PHONE_SWAPPED,
            What.PHONE_LEAVES,
            What.LOOK,
            What.LOOK,
            What.PAUSE,
            What.RESUME,
            What.PLAN,
            What.MDM_SHOWS_NOTHING,
            What.FILE_EXPORTED);

    /** What happens at Apple, and to phones in their boxes. */
    static final List<What> AT_APPLE = List.of(
            What.PHONE_CHANGES_TENANT,
            What.PHONE_CHANGES_TENANT,
            What.PHONE_CHANGES_TENANT,
            What.PHONE_UNASSIGNED,
            What.APPLE_ENDS_EARLY,
            What.APPLE_LEAVES_OUT,
            What.APPLE_LEAVES_OUT);

    private static final List<What> DURING_LOOKS =
            List.of(What.BREAK, What.BREAK, What.DIES, What.DIES_AFTER, What.PAUSE, What.CANCEL, What.PHONE_COMES);

    private static final List<What> DURING_PROFILES =
            List.of(What.BREAK, What.BREAK, What.BREAK, What.DIES, What.DIES_AFTER, What.PAUSE, What.CLOCK_FORWARD);

    /** What a world has more, by the setting that it has then. */
    static final Map<String, String> MORE = Map.of(
            "between",
            "looks by day",
            Tenants.LAST_CUSTOMER,
            "another customer",
            Tenants.PROFILE,
            "a private-network profile",
            Tenants.PROFILE_VERSION,
            "one at Jamf Pro",
            Tenants.PCS,
            "PCs with Windows",
            Tenants.REPLICAS,
            "two processes");

    static final List<String> FREEZING = List.of(
            "INVENTORY",
            "ASSIGN",
            "STATUS",
            "COMMANDS",
            "COMMAND",
            "COMMAND",
            "ACTIVATE",
            "NOTICE",
            "GUARD",
            "GUARD",
            "GUARD",
            "GUARD",
            "COMMIT",
            "STATEMENT");

    private static final List<List<Kind>> THREE = List.of(
            List.of(Kind.JAMF, Kind.JAMF, Kind.JAMF),
            List.of(Kind.JAMF, Kind.INTUNE, Kind.JAMF),
            List.of(Kind.INTUNE, Kind.CSV, Kind.JAMF),
            List.of(Kind.JAMF, Kind.JAMF, Kind.INTUNE),
            List.of(Kind.APPLE, Kind.JAMF, Kind.INTUNE));

    /** With it, the open stories of docs/reliability.md are what they were when they were found. */
    private static final int SALT = 2136;

    private static final int MORNING = 10 * 60;

    private Worlds() {}

    /** The story of a seed, in its world. */
    static Story of(long seed) {
        Story story = Tenants.of(Stories.of(seed));
        Random random = new Random((seed + SALT) * 0x94D049BB133111EBL);
        random.nextInt();
        int world = random.nextInt(24);
        if (world < 5) {
            return withLooks(story, random);
        }
        if (world < 8) {
            Kind mdm = random.nextBoolean() ? Kind.JAMF : Kind.INTUNE;
            return withApple(Tenants.of(Stories.of(seed), List.of(Kind.APPLE, mdm)), random);
        }
        if (world < 11) {
            List<Kind> tenants = THREE.get(random.nextInt(THREE.size()));
            return withThree(Tenants.of(Stories.of(seed), tenants), random);
        }
        if (world < 14) {
            List<Kind> tenants = random.nextBoolean() ? List.of(Kind.INTUNE) : List.of(Kind.JAMF, Kind.INTUNE);
            return withProfiles(Tenants.of(Stories.of(seed), tenants), random);
        }
        if (world < 17) {
            return withReplicas(story, random);
        }
        if (world < 19) {
            List<Kind> tenants = random.nextBoolean() ? List.of(Kind.JAMF) : List.of(Kind.JAMF, Kind.INTUNE);
            return withJamfProfiles(Tenants.of(Stories.of(seed), tenants), random);
        }
        if (world < 21) {
            return withWindows(Tenants.of(Stories.of(seed), List.of(Kind.INTUNE)), random);
        }
        return story;
    }

    /** Two processes on one ledger; one of them stands still for a while, or is killed. */
    static Story withReplicas(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        settings.put(Tenants.REPLICAS, "2");
        List<Event> events = new ArrayList<>(story.events());
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String call = FREEZING.get(random.nextInt(FREEZING.size()));
            int latest = call.equals("STATEMENT") ? 1000 : call.equals("COMMIT") ? 150 : call.equals("GUARD") ? 30 : 6;
            What what = random.nextInt(5) == 0 ? What.DIES : What.FREEZES;
            events.add(Event.during(call, 1 + random.nextInt(latest), what, random.nextInt(1000)));
        }
        return story.at(story.tenants(), settings, events);
    }

    /** Half of an Intune's devices are PCs; its phones may have the profile of the private network. */
    static Story withWindows(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        settings.put(Tenants.PCS, IntuneProfiles.PCS);
        // Intune shows no ICCID of a PC
        settings.replace("done-when", "seen", "acknowledged");
        if (random.nextBoolean()) {
            settings.put(Tenants.PROFILE, "1A2B3C4D5E6");
        }
        return story.at(story.tenants(), settings, duringProfiles(story, random));
    }

    private static List<Event> duringProfiles(Story story, Random random) {
        List<Event> events = new ArrayList<>(story.events());
        for (int i = random.nextInt(7); i > 0; i--) {
            What what = DURING_PROFILES.get(random.nextInt(DURING_PROFILES.size()));
            Call call = random.nextBoolean() ? Call.PROFILE : Call.ATTRIBUTE;
            events.add(Event.during(call.name(), 1 + random.nextInt(12), what, random.nextInt(1000)));
        }
        return events;
    }

    /** A Jamf Pro gives its phones the profile of the private network, which people change. */
    static Story withJamfProfiles(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        settings.put(Tenants.PROFILE, "1A2B3C4D5E6");
        settings.put(Tenants.PROFILE_VERSION, "1");
        List<Event> events = duringProfiles(story, random);
        if (random.nextBoolean()) {
            int minute = Stories.NIGHT + random.nextInt(story.nights() * Stories.DAY);
            events.add(Event.at(minute, What.SETTINGS, random.nextInt(1000)));
        }
        return story.at(story.tenants(), settings, events);
    }

    /** An Intune gives its phones the profile of the private network, perhaps beside a Jamf Pro that does not. */
    static Story withProfiles(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        settings.put(Tenants.PROFILE, "1A2B3C4D5E6");
        List<Event> events = new ArrayList<>(story.events());
        for (int i = random.nextInt(5); i > 0; i--) {
            What what = DURING_PROFILES.get(random.nextInt(DURING_PROFILES.size()));
            events.add(Event.during(Call.ATTRIBUTE.name(), 1 + random.nextInt(8), what, random.nextInt(1000)));
        }
        return story.at(story.tenants(), settings, events);
    }

    /** Three tenants, of which the last one may have another customer, who gives a phone that comes another eSIM. */
    static Story withThree(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        if (!story.tenants().contains(Kind.APPLE) && random.nextInt(3) > 0) {
            settings.put(Tenants.LAST_CUSTOMER, "104243");
        }
        List<Event> events = new ArrayList<>(story.events());
        for (int i = random.nextInt(5); i > 0; i--) {
            int minute = random.nextInt(story.nights() * Stories.DAY);
            events.add(Event.at(minute, What.PHONE_CHANGES_TENANT, random.nextInt(1000)));
        }
        return story.at(story.tenants(), settings, events);
    }

    /** Phones are in their boxes, until they are enrolled in an MDM; an Intune may learn their EIDs a week later. */
    static Story withApple(Story story, Random random) {
        List<Event> events = new ArrayList<>(story.events());
        if (random.nextBoolean()) {
            events.add(Event.at(0, What.MDM_LEARNS_EIDS_LATE, 0));
        }
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            What what = AT_APPLE.get(random.nextInt(AT_APPLE.size()));
            events.add(Event.at(random.nextInt(story.nights() * Stories.DAY), what, random.nextInt(1000)));
        }
        return story.at(story.tenants(), story.settings(), events);
    }

    /** Syncs look for new phones by day; one that is enrolled on the last day has its eSIM before the next night. */
    static Story withLooks(Story story, Random random) {
        Map<String, String> settings = new TreeMap<>(story.settings());
        settings.put("between", random.nextBoolean() ? "2h" : "5h");
        List<Event> events = new ArrayList<>(story.events());
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            What what = BY_DAY.get(random.nextInt(BY_DAY.size()));
            int minute = random.nextInt(story.nights()) * Stories.DAY + MORNING + random.nextInt(12 * 60);
            events.add(Event.at(minute, what, random.nextInt(1000)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            What what = DURING_LOOKS.get(random.nextInt(DURING_LOOKS.size()));
            events.add(Event.during(Call.INVENTORY.name(), 2 + random.nextInt(15), what, random.nextInt(1000)));
        }
        Story looking = story.at(story.tenants(), settings, events);
        boolean files = story.tenants().contains(Kind.CSV) || story.tenants().contains(Kind.CSV_ADDITIONS);
        if (!files && !looking.movesClock()) {
            int lastDay = story.nights() + Play.RECOVERY - 1;
            events.add(Event.at(lastDay * Stories.DAY + MORNING, What.PHONE_COMES, 0));
        }
        return story.at(story.tenants(), settings, events);
    }
}
