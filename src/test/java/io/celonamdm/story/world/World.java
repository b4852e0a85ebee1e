package io.celonamdm.story.world;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Everything outside the connector, and what is true of it. Nothing here happens at two places at once. */
public final class World {
    /** What marks every secret, so that one is found wherever it appears. */
    public static final String SECRET_MARK = "-sEcReT7";

    /** The API client's secret. */
    public static final String CLIENT_SECRET = "p+a&s" + SECRET_MARK;

    /** The API key. */
    public static final String API_KEY = "key" + SECRET_MARK;

    static final String SECRET_IN_FORM = "p%2Ba%26s" + SECRET_MARK;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    /**
     * A notice that arrived.
     *
     * @param answered whether its sender can know that it did
     */
    public record Heard(Instant at, String text, boolean answered) {}

    /**
     * Why a sync must not write.
     *
     * @param why the reason
     * @param isOver whether that is over by itself
     */
    public record Stop(String why, BooleanSupplier isOver) {}

    /** The port of the first sync's MDM; that of Celona is the next. */
    public static final int FIRST_PORT = 9001;
    /** From the port of a sync to that of the next one. */
    public static final int PORTS = 10;

    final long seed;
    public final List<Phone> phones = new ArrayList<>();
    /** The tenants of MDMs, one for each sync. */
    public final List<Mdm> mdms = new ArrayList<>();

    public final Celona celona = new Celona(this);
    public final List<Heard> heard = new ArrayList<>();
    public final Set<String> violations = new LinkedHashSet<>();
    /** Every call, as it went. */
    public final List<String> trace = new ArrayList<>();
    /** EIDs for which a person has allowed another eSIM, with how many. */
    public final Map<String, Integer> allowed = new HashMap<>();
    /** Syncs that must not write now, by their numbers. */
    public final Map<Integer, Stop> stops = new ConcurrentHashMap<>();

    /** How long after an enrolment an Intune shows no EID. */
    public Duration eidsShowAfter = Duration.ZERO;

    /** Whether every second device of an Intune is a PC with Windows. */
    public boolean windows;

    /** How many runs and plans there are beside those of the nights. */
    public int runsBeside;

    private final Map<String, Integer> callsToday = new HashMap<>();
    private long today;
    private final Map<Phone, Instant> downloads = new HashMap<>();
    private final VirtualClock clock;

    /** A world with a fleet that is spread over tenants. */
    public World(long seed, int fleet, List<Mdm.Kind> tenants, VirtualClock clock) {
        this.seed = seed;
        this.clock = clock;
        for (Mdm.Kind kind : tenants) {
            int number = mdms.size();
            mdms.add(
                    switch (kind) {
                        case JAMF -> new Jamf(this, number);
                        case INTUNE -> new Intune(this, number);
                        case CSV -> new Csv(this, number, true);
                        case CSV_ADDITIONS -> new Csv(this, number, false);
                        case APPLE -> new Apple(this, number);
                    });
        }
        for (int i = 0; i < fleet; i++) {
            add();
        }
        celona.stock(2 * fleet);
    }

    /** A valid EID: the whole number modulo 97 is 1. */
    public static String eid(int number) {
        String digits = "89049032" + "%022d".formatted(7_000_000L + number);
        int rest = new BigInteger(digits + "00").mod(MODULUS).intValue();
        return digits + "%02d".formatted(98 - rest);
    }

    /** Another phone, which is enrolled now. */
    public synchronized void comes() {
        add().enrolled = clock.world();
    }

    private Phone add() {
        Phone phone = new Phone(phones.size() + 1, eid(phones.size() + 1), clock.world());
        phone.tenant = phones.size() % mdms.size();
        phones.add(phone);
        return phone;
    }

    /** The phone that has an EID now; null if none has. */
    public synchronized @Nullable Phone phoneOf(String eid) {
        return phones.stream().filter(each -> each.eid.equals(eid)).findFirst().orElse(null);
    }

    /** Records that something happened that must not. */
    public synchronized void violation(String name, String text) {
        violations.add(name + ": " + text);
    }

    Instant now() {
        return clock.world();
    }

    Instant connectorsNow() {
        return clock.instant();
    }

    void counted(String what, String eid) {
        long day = Duration.between(Instant.EPOCH, clock.world()).toDays();
        if (day != today) {
            today = day;
            callsToday.clear();
        }
        int times = callsToday.merge(what + " of " + eid, 1, Integer::sum);
        int most = switch (what) {
            // an empty pool is asked again after 10 s, then twice as long each time, at most an hour
            case "assign" -> 40;
            // a phone that is busy is asked again, less and less often, at most every 48 min
            case "command" -> 40;
            case "activate" -> 60;
            // a report that never ends is asked for every 10 s, for a quarter of an hour each time, some times in a run
            case "INVENTORY in all" -> 600 + 400 * runsBeside + 40 * phones.size();
            default -> 60 + 40 * phones.size();
        };
        if (times == most + 1) {
            violation("TOO_MANY_CALLS", "more than " + most + " times " + what + " of " + eid + " in a day");
        }
    }

    void assigned(String eid, String customer) {
        int most = 1 + allowed.getOrDefault(eid, 0);
        if (celona.given(eid, customer) > most) {
            violation("TWO_ESIMS", eid + " was given " + celona.given.get(eid));
        }
    }

    /** A person has a phone told again, whatever became of what it was told before. */
    public synchronized void toldAgainByHand(String eid) {
        mdms.forEach(each -> each.commands.stream()
                .filter(command -> command.phone.eid.equals(eid))
                .forEach(command -> command.excused = true));
    }

    void shown(Phone phone, Instant now) {
        if (phone.since.isAfter(now)) {
            phone.since = now;
        }
    }

    void downloads(Phone phone, Instant now) {
        downloads.put(phone, now.plus(phone.slow));
    }

    /** Whether it is none, but a PC. */
    boolean isWindows(Phone phone) {
        return windows && phone.id % 2 == 0;
    }

    /** Whether a phone is in its box, and only Apple knows of it. */
    public synchronized boolean isInBox(Phone phone) {
        return mdms.get(phone.tenant).kind() == Mdm.Kind.APPLE;
    }

    /** Lets happen what is due. */
    public synchronized void goOn() {
        Instant now = clock.world();
        mdms.forEach(each -> each.reachPhones(now));
        downloads.entrySet().removeIf(each -> {
            Phone phone = each.getKey();
            if (each.getValue().isAfter(now) || !phone.internet || !phone.online) {
                return false;
            }
            for (Celona.Esim esim : celona.ordered(phone.eid, now)) {
                if (!phone.iccids.contains(esim.iccid)) {
                    phone.iccids.add(esim.iccid);
                }
                phone.everHad.add(esim.iccid);
                esim.downloaded = true;
            }
            return true;
        });
    }

    /** Erases a phone, which is enrolled again. */
    public synchronized void wipe(Phone phone) {
        phone.iccids.clear();
        downloads.remove(phone);
        enrol(phone);
    }

    private void enrol(Phone phone) {
        phone.enrolled = clock.world();
        phone.managementId = phone.managementId.replaceAll("-\\d+$", "") + "-"
                + clock.world().getEpochSecond();
    }

    /**
     * Enrols a phone in the next tenant, unless it is the last of its own.
     *
     * @param keeps whether its eSIM outlives that
     * @param staysBehind whether the former tenant goes on to show it
     */
    public synchronized void changeTenant(Phone phone, boolean keeps, boolean staysBehind) {
        int former = phone.tenant;
        if (mdms.get(former).phones().size() < 2 || mdms.size() < 2) {
            return;
        }
        int next = (former + 1) % mdms.size();
        if (mdms.get(next).kind() == Mdm.Kind.APPLE) {
            // nobody puts a phone back into its box
            return;
        }
        phone.tenant = next;
        phone.leftBehindIn = staysBehind ? former : -1;
        phone.formerManagementId = phone.managementId;
        phone.formerEnrolment = phone.enrolled;
        if (keeps) {
            enrol(phone);
        } else {
            wipe(phone);
        }
    }

    /** Answers a call, or breaks it as far as its answer goes. */
    public synchronized Reply answer(Received received, @Nullable Breakage breakage) {
        clock.pass(Duration.ofMillis(20));
        goOn();
        Call call = received.call();
        trace.add(clock.world() + " " + call + " " + (breakage == null ? "" : breakage) + " "
                + (call.writes() || call == Call.STATUS
                        ? received.body().replaceAll("\\s+", " ") + received.query()
                        : ""));
        Stop stop = call.writes() ? stops.get(received.sync()) : null;
        if (stop != null) {
            if (stop.isOver.getAsBoolean()) {
                stops.remove(received.sync());
            } else {
                violation("WRITES_WHILE_STOPPED", call + " although " + stop.why);
            }
        }
        if (breakage != null && !breakage.processed()) {
            if (call == Call.NOTICE && (breakage == Breakage.EMPTY || breakage == Breakage.GARBAGE)) {
                // a receiver may say what it likes with its 200
                heard.add(new Heard(clock.world(), received.body(), true));
            }
            return broken(breakage, clock.world());
        }
        Reply reply = processed(received, call, breakage == null);
        if (breakage == Breakage.S504_AFTER) {
            return Reply.html(504, "Gateway Time-out");
        }
        return reply.with(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.world().atOffset(ZoneOffset.UTC)));
    }

    private Reply processed(Received received, Call call, boolean answered) {
        counted(call + " in all", "sync " + received.sync());
        if (call == Call.NOTICE) {
            heard.add(new Heard(clock.world(), received.body(), answered));
            return Reply.json(200, Json.of("ok", true));
        }
        return received.port() % PORTS == FIRST_PORT % PORTS
                ? mdms.get(received.sync()).answer(received, clock.world(), answered)
                : celona.answer(received, clock.world());
    }

    private static Reply broken(Breakage breakage, Instant now) {
        String after =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(120).atOffset(ZoneOffset.UTC));
        return switch (breakage) {
            case HTML -> Reply.html(200, "Please sign in");
            case REDIRECT -> Reply.html(302, "moved").with("Location", "https://portal.test/login");
            case GARBAGE -> new Reply(200, "application/json", "{\"data\": [", Map.of());
            case EMPTY -> new Reply(200, "application/json", "", Map.of());
            case S500 -> Reply.json(500, Json.of("message", "internal"));
            case S502 -> Reply.html(502, "Bad Gateway");
            case S503_RETRY_AFTER -> Reply.html(503, "busy").with("Retry-After", "120");
            case S429_RETRY_AFTER -> Reply.html(429, "slow down").with("Retry-After", after);
            case S401 -> Reply.html(401, "who are you");
            case S403 -> Reply.html(403, "no");
            case S404 -> Reply.html(404, "nothing here");
            default -> throw new IllegalArgumentException(breakage.name());
        };
    }
}
