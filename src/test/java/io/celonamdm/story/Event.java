package io.celonamdm.story;

import io.celonamdm.story.world.Breakage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a story, at a time or at a call.
 *
 * @param minute the minute since the story began; of no meaning if {@code at} is given
 * @param at the kind of call, {@code COMMIT} or {@code STATEMENT} at which it happens; null for a time
 * @param nth at the so-manieth of them
 * @param what what happens
 * @param subject to which phone, or how much
 */
record Event(int minute, @Nullable String at, int nth, What what, int subject) {
    /** What may happen. */
    enum What {
        BREAK,
        DIES,
        DIES_AFTER,
        /** The process stops for a while, with another replica beside it. */
        FREEZES,
        LEDGER_FAILS,
        LEDGER_REFUSES,
        LEDGER_COMMITS_AND_FAILS,
        CLOCK_FORWARD,
        CLOCK_BACK,
        PHONE_COMES,
        PHONE_LEAVES,
        PHONE_RETURNS,
        PHONE_OFF,
        PHONE_ON,
        PHONE_WITHOUT_INTERNET,
        PHONE_WITHOUT_CHIP,
        PHONE_WIPED,
        PHONE_SWAPPED,
        PHONE_RENAMED,
        PHONE_MOVED,
        PHONE_CHANGES_TENANT,
        PHONE_TWICE,
        PHONE_UNMANAGED,
        PHONE_MOOD,
        PHONE_SLOW,
        RECORD_BROKEN,
        MDM_LAGS,
        MDM_FORGETS,
        MDM_FORGETS_ALL,
        MDM_SHOWS_NOTHING,
        MDM_SHOWS_AGAIN,
        MDM_REPORTS_LATE,
        MDM_REPORTS_NEVER,
        MDM_REPORTS_NOTHING,
        MDM_REPORTS_THE_PAST,
        MDM_ANSWERS_PARTLY,
        MDM_LEAVES_OUT,
        MDM_TAKES_NO_BULK,
        FILE_EXPORTED,
        FILE_REPLACED,
        FILE_BROKEN,
        FILE_WRITTEN_SLOWLY,
        CELONA_SLOW,
        CELONA_PARTIAL,
        CELONA_ABOUT_OTHERS,
        CELONA_FAILS_PHONE,
        CELONA_WITHOUT_ESIMS,
        CELONA_REFILLED,
        CELONA_ACTIVATED_BY_HAND,
        CELONA_GROUP_GONE,
        CELONA_FORGETS_REQUESTS,
        CELONA_KEY_REVOKED,
        CELONA_KEY_BACK,
        PHONE_UNASSIGNED,
        APPLE_ENDS_EARLY,
        APPLE_LEAVES_OUT,
        MDM_LEARNS_EIDS_LATE,
        APPROVE,
        REDRIVE,
        HOLD,
        UNHOLD,
        RETIRE,
        PUSH,
        SYNC,
        CONFIRM,
        GIVE_UP,
        ADOPT,
        RELEASE,
        PAUSE,
        RESUME,
        CANCEL,
        RUN,
        PLAN,
        LEAVE_QUARANTINE,
        SETTINGS,
        LOOK
    }

    static Event at(int minute, What what, int subject) {
        return new Event(minute, null, 0, what, subject);
    }

    static Event during(String call, int nth, What what, int subject) {
        return new Event(0, call, nth, what, subject);
    }

    /** For {@link What#BREAK}, how. */
    Breakage breakage() {
        List<Breakage> all = List.of(Breakage.values());
        return all.get(Math.floorMod(subject, all.size()));
    }

    String words() {
        return what == What.BREAK ? breakage().name() : what.name();
    }

    @Override
    public String toString() {
        String when = at == null
                ? "night %d, %02d:%02d".formatted(1 + minute / 1440, minute % 1440 / 60, minute % 60)
                : "at the %d. %s".formatted(nth, at);
        return "%s: %s%s".formatted(when, words(), what == What.BREAK ? "" : " " + subject);
    }
}
