package io.celonamdm.story;

import io.celonamdm.story.Event.What;
import io.celonamdm.story.world.Call;
import io.celonamdm.story.world.Mdm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes stories from seeds. */
final class Stories {
    /** When the night begins, in minutes of the day. */
    static final int NIGHT = 4 * 60 + 30;

    static final int DAY = 24 * 60;

    /** The settings that people change between nights; what is done by the other ones stays done. */
    static final List<String> CHANGING =
            List.of("mdm.await", "on-re-enrol", "in-doubt", "celona.max-concurrency", "mdm.page-size", "mdm.push");

    static final Map<String, List<String>> SETTINGS = new TreeMap<>(Map.of(
            "mdm.await", List.of("sent", "acknowledged"),
            "done-when", List.of("acknowledged", "seen", "activated"),
            "on-re-enrol", List.of("report", "push"),
            "in-doubt", List.of("probe", "ask"),
            "celona.iccid-prefixes", List.of("", "89105212"),
            "celona.batch-size", List.of("200", "3"),
            "celona.max-concurrency", List.of("1", "4"),
            "mdm.push", List.of("command", "command,attribute"),
            "celona.op-code", List.of("activate-and-dg-assign", "activate-and-dg-assign", "activate"),
            "mdm.page-size", List.of("100", "5")));

    /** How often something happens at a call, and at which one at the latest. */
    private record Often(int weight, int latest) {}

    private static final Map<Call, Often> CALLS = new EnumMap<>(Map.of(
            Call.TOKEN, new Often(1, 3),
            Call.INVENTORY, new Often(2, 5),
            Call.COMMANDS, new Often(3, 8),
            Call.COMMAND, new Often(4, 12),
            Call.ATTRIBUTE, new Often(1, 6),
            Call.ASSIGN, new Often(4, 4),
            Call.STATUS, new Often(3, 5),
            Call.ACTIVATE, new Often(4, 6),
            Call.CHECK, new Often(1, 4),
            Call.NOTICE, new Often(2, 5)));

    /** What many phones are like before the first night. */
    static final List<What> AT_FIRST =
            List.of(What.PHONE_SLOW, What.PHONE_SLOW, What.PHONE_OFF, What.PHONE_MOOD, What.PHONE_WITHOUT_INTERNET);

    static final List<What> AT_TIMES = List.of(
            What.PHONE_COMES,
            What.PHONE_COMES,
            What.PHONE_LEAVES,
            What.PHONE_RETURNS,
            What.PHONE_OFF,
            What.PHONE_OFF,
            What.PHONE_ON,
            What.PHONE_WITHOUT_INTERNET,
            What.PHONE_WITHOUT_CHIP,
            What.PHONE_WIPED,
            What.PHONE_WIPED,
            What.PHONE_SWAPPED,
            What.PHONE_RENAMED,
            What.PHONE_MOVED,
            What.PHONE_TWICE,
            What.PHONE_UNMANAGED,
            What.PHONE_MOOD,
            What.PHONE_MOOD,
            What.PHONE_SLOW,
            What.RECORD_BROKEN,
            What.MDM_LAGS,
            What.MDM_FORGETS,
            What.MDM_FORGETS_ALL,
            What.MDM_SHOWS_NOTHING,
            What.MDM_SHOWS_AGAIN,
            What.CELONA_SLOW,
            What.CELONA_PARTIAL,
            What.CELONA_ABOUT_OTHERS,
            What.CELONA_FAILS_PHONE,
            What.CELONA_WITHOUT_ESIMS,
            What.CELONA_REFILLED,
            What.CELONA_ACTIVATED_BY_HAND,
            What.CELONA_GROUP_GONE,
            What.CELONA_FORGETS_REQUESTS,
            What.CELONA_KEY_REVOKED,
            What.CELONA_KEY_BACK,
            What.CLOCK_FORWARD,
            What.CLOCK_BACK,
            What.APPROVE,
            What.REDRIVE,
            What.REDRIVE,
            What.HOLD,
            What.UNHOLD,
            What.RETIRE,
            What.PUSH,
            What.SYNC,
            What.CONFIRM,
            What.GIVE_UP,
            What.ADOPT,
            What.RELEASE,
            What.PAUSE,
            What.RESUME,
            What.RESUME,
            What.CANCEL,
            What.RUN,
            What.RUN,
            What.PLAN,
            What.LEAVE_QUARANTINE,
            What.SETTINGS);

    static final List<What> MEANWHILE = List.of(
            What.PAUSE,
            What.CANCEL,
            What.HOLD,
            What.RETIRE,
            What.REDRIVE,
            What.SETTINGS,
            What.PHONE_LEAVES,
            What.PHONE_COMES,
            What.PHONE_WIPED,
            What.DIES,
            What.DIES,
            What.DIES_AFTER,
            What.DIES_AFTER,
            What.DIES_AFTER,
            What.CLOCK_FORWARD,
            What.CLOCK_BACK);

    private static final int WEIGHT =
            CALLS.values().stream().mapToInt(Often::weight).sum();

    private Stories() {}

    /** The story of a seed. */
    static Story of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        random.nextInt();
        int fleet = 3 + random.nextInt(10);
        int nights = List.of(1, 1, 1, 1, 1, 2, 2, 2, 3).get(random.nextInt(9));
        Map<String, String> settings = new TreeMap<>();
        SETTINGS.forEach((key, values) -> settings.put(key, any(random, values)));
        List<Event> events = new ArrayList<>();
        int unlike = random.nextInt(5);
        for (int i = 0; i < unlike; i++) {
            events.add(Event.at(0, any(random, AT_FIRST), random.nextInt(1000)));
        }
        int many = random.nextInt(10);
        for (int i = 0; i < many; i++) {
            events.add(atTime(random, nights));
        }
        int broken = random.nextInt(7);
        for (int i = 0; i < broken; i++) {
            events.add(during(random, What.BREAK));
        }
        int meanwhile = random.nextInt(4);
        for (int i = 0; i < meanwhile; i++) {
            events.add(during(random, any(random, MEANWHILE)));
        }
        int ledger = random.nextInt(3);
        for (int i = 0; i < ledger; i++) {
            boolean commit = random.nextInt(3) > 0;
            What what = List.of(
                            What.DIES,
                            What.DIES_AFTER,
                            What.LEDGER_FAILS,
                            commit ? What.LEDGER_COMMITS_AND_FAILS : What.LEDGER_REFUSES)
                    .get(random.nextInt(4));
            events.add(Event.during(
                    commit ? "COMMIT" : "STATEMENT",
                    1 + random.nextInt(commit ? 150 : 1000),
                    what,
                    random.nextInt(1000)));
        }
        return new Story(
                seed,
                fleet,
                nights,
                random.nextBoolean(),
                random.nextBoolean(),
                List.of(Mdm.Kind.JAMF),
                settings,
                events);
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Something at a call: rather at one of the first ones, which every story makes. */
    private static Event during(Random random, What what) {
        int which = random.nextInt(WEIGHT);
        for (Map.Entry<Call, Often> each : CALLS.entrySet()) {
            which -= each.getValue().weight;
            if (which < 0) {
                int latest = each.getValue().latest;
                int nth = 1 + Math.min(random.nextInt(latest), random.nextInt(latest));
                return Event.during(each.getKey().name(), nth, what, random.nextInt(1000));
            }
        }
        throw new IllegalStateException();
    }

    private static Event atTime(Random random, int nights) {
        int night = random.nextInt(nights);
        // most things happen near the night's work
        int minute = random.nextInt(3) == 0 ? random.nextInt(DAY) : NIGHT - 10 + random.nextInt(60);
        return Event.at(night * DAY + minute, any(random, AT_TIMES), random.nextInt(1000));
    }
}
