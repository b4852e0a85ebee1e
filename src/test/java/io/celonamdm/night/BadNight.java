package io.celonamdm.night;

import io.celonamdm.ledger.run.Run.Outcome;
import java.util.List;
import java.util.Locale;

/** Kinds of bad nights, each with its own sync, and how each is reported; matches docs/bad-nights.md. */
enum BadNight {
    ALL_WENT_ON("all went on", Outcome.SUCCESS, List.of(), false, "NONE", 0),
    FILE_LEFT_OUT("one of several files cannot be read", Outcome.PARTIAL, List.of("PARTIAL"), true, "PARTIAL", 3),
    EMPTY("the inventory turned empty", Outcome.EMPTY_INVENTORY, true, 11),
    UNREADABLE("no record can be read", Outcome.NOTHING_READ, true, 11),
    REJECTED("the only file was rejected", Outcome.NOTHING_READ, true, 11),
    FELL("the inventory fell sharply", Outcome.INVENTORY_FELL, true, 11),
    OUT_OF_SCOPE("the scope leaves all devices out", Outcome.NOTHING_SERVED, true, 11),
    NO_GROUP(
            "no group rule matches any device",
            Outcome.NOTHING_SERVED,
            List.of("NOTHING_SERVED", "NO_GROUP"),
            true,
            "NOTHING_SERVED",
            11),
    GUARDED("a guard holds all new devices back", Outcome.HELD_FOR_APPROVAL, true, 6),
    DOUBT("devices came into doubt", Outcome.IN_DOUBT, List.of("IN_DOUBT"), true, "NONE", 10),
    OLD_DOUBT("devices are in doubt from an earlier run", Outcome.IN_DOUBT, List.of("IN_DOUBT"), true, "NONE", 10),
    NO_ESIM("the pool is empty", Outcome.POOL_EXHAUSTED, List.of("POOL_EXHAUSTED"), true, "NONE", 12),
    NO_ESIM_BY_ROW(
            "the pool ends, by rows of eid-status",
            Outcome.POOL_EXHAUSTED,
            List.of("POOL_EXHAUSTED"),
            true,
            "NONE",
            12),
    ALL_DEAD(
            "every device failed", Outcome.ALL_FAILED, List.of("ALL_FAILED", "ASSIGN_REFUSED"), true, "ALL_FAILED", 13),
    THROTTLED("the window ended before the work", Outcome.UNFINISHED, true, 14),
    PAUSED("the sync is paused", Outcome.PAUSED, true, 15),
    PLANS_ONLY("the sync only plans", Outcome.PLANNED, List.of("PLANNED"), false, "NONE", 16),
    CANCELLED("a person cancelled the run", Outcome.CANCELLED, true, 5),
    NO_FOLDER("the folder of the files is gone", Outcome.FAILED, true, 5),
    REFUSED("the credentials are refused", Outcome.QUARANTINED, List.of("BAD_CREDENTIALS"), true, "NONE", 4),
    OLD_LETTERS(
            "dead letters of earlier nights are open", Outcome.SUCCESS, List.of("ASSIGN_REFUSED"), false, "NONE", 16);

    private final String words;
    private final Outcome outcome;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, whose lists never change; their type does not say so
    private final List<String> needs;

    private final boolean bad;
    private final String metric;
    private final int exitCode;

    BadNight(String words, Outcome outcome, boolean bad, int exitCode) {
        this(words, outcome, List.of(outcome.name()), bad, outcome.name(), exitCode);
    }

    BadNight(String words, Outcome outcome, List<String> needs, boolean bad, String metric, int exitCode) {
        this.words = words;
        this.outcome = outcome;
        this.needs = needs;
        this.bad = bad;
        this.metric = metric;
        this.exitCode = exitCode;
    }

    String sync() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Outcome outcome() {
        return outcome;
    }

    List<String> needs() {
        return needs;
    }

    /** Whether the sync does not do its job. */
    boolean degrades() {
        return bad;
    }

    String metric() {
        return metric;
    }

    int exitCode() {
        return exitCode;
    }

    /** Its row in the table. */
    String row() {
        String codes = needs.isEmpty() ? "–" : "`" + String.join("`, `", needs) + "`";
        return "| %s | `%s` | %s | %s | `%s` | %d |"
                .formatted(words, outcome, codes, bad ? "yes" : "no", metric, exitCode);
    }
}
