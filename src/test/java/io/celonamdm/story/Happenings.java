package io.celonamdm.story;

import io.celonamdm.story.world.Apple;
import io.celonamdm.story.world.Csv;
import io.celonamdm.story.world.Intune;
import io.celonamdm.story.world.Mdm;
import io.celonamdm.story.world.Phone;
import io.celonamdm.story.world.VirtualClock;
import io.celonamdm.story.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What happens to phones and at vendors. */
final class Happenings {
    private static final List<Csv.Export> EXPORTS = List.of(Csv.Export.values());
    private static final List<Phone.Mood> MOODS = List.of(Phone.Mood.values());

    private Happenings() {}

    static void happen(Event event, World world, VirtualClock clock) {
        synchronized (world) {
            Phone phone = world.phones.get(event.subject() % world.phones.size());
            Mdm mdm = world.mdms.get(event.subject() % world.mdms.size());
            switch (event.what()) {
                case CLOCK_FORWARD -> {
                    clock.jump(Duration.ofHours(1 + event.subject() % 30));
                    world.runsBeside++; // a night that was skipped is made up
                }
                case CLOCK_BACK -> clock.jump(Duration.ofHours(-1 - event.subject() % 30));
                case PHONE_COMES -> world.comes();
                case PHONE_LEAVES -> phone.inMdm = false;
                case PHONE_RETURNS -> world.phones.forEach(each -> each.inMdm = true);
                case PHONE_OFF -> phone.online = false;
                case PHONE_ON -> world.phones.forEach(each -> each.online = true);
                case PHONE_WITHOUT_INTERNET -> phone.internet = false;
                case PHONE_WITHOUT_CHIP -> phone.chip = false;
                case PHONE_WIPED -> world.wipe(phone);
                case PHONE_SWAPPED -> {
                    world.wipe(phone);
                    phone.eid = World.eid(10_000 + phone.id + event.subject());
                }
                case PHONE_RENAMED -> phone.name = "Renamed " + event.subject();
                case PHONE_MOVED -> phone.group = event.subject() % 2 == 0 ? "Drivers" : "Clerks";
                case PHONE_CHANGES_TENANT ->
                    world.changeTenant(phone, event.subject() % 2 == 0, event.subject() % 3 == 0);
                case PHONE_TWICE -> phone.twice = true;
                case PHONE_UNMANAGED -> phone.managed = !phone.managed;
                case PHONE_MOOD -> phone.mood = MOODS.get(event.subject() % MOODS.size());
                case PHONE_SLOW -> phone.slow = Duration.ofMinutes(1 + event.subject() % 300);
                case RECORD_BROKEN -> phone.brokenRecord = !phone.brokenRecord;
                case MDM_LAGS -> mdm.lag = Duration.ofSeconds(event.subject() % 100);
                case MDM_FORGETS -> mdm.forget(false);
                case MDM_FORGETS_ALL -> mdm.forget(true);
                case MDM_SHOWS_NOTHING -> mdm.collapsed = true;
                case MDM_SHOWS_AGAIN -> mdm.collapsed = false;
                case MDM_REPORTS_LATE,
                        MDM_REPORTS_NEVER,
                        MDM_REPORTS_NOTHING,
                        MDM_REPORTS_THE_PAST,
                        MDM_ANSWERS_PARTLY,
                        MDM_LEAVES_OUT,
                        MDM_TAKES_NO_BULK -> {
                    if (mdm instanceof Intune intune) {
                        happen(event, intune);
                    }
                }
                case FILE_EXPORTED, FILE_REPLACED, FILE_BROKEN, FILE_WRITTEN_SLOWLY ->
                    world.mdms.stream()
                            .filter(Csv.class::isInstance)
                            .map(Csv.class::cast)
                            .forEach(csv -> happen(event, csv));
                case CELONA_SLOW -> world.celona.slow = Duration.ofMinutes(event.subject() % 60);
                case CELONA_PARTIAL -> world.celona.partial = true;
                case CELONA_ABOUT_OTHERS -> world.celona.aboutOthers = true;
                case CELONA_FAILS_PHONE ->
                    world.celona.fails.put(phone.eid, event.subject() % 2 == 0 ? "FAILED" : "REJECTED");
                case CELONA_WITHOUT_ESIMS -> world.celona.stock(0);
                case CELONA_REFILLED -> world.celona.stock(1 + event.subject() % 10);
                case CELONA_ACTIVATED_BY_HAND -> world.celona.activateByHand(phone.eid);
                case CELONA_GROUP_GONE -> world.celona.groups.remove("Field Crew");
                case CELONA_FORGETS_REQUESTS -> world.celona.forgetRequests();
                case CELONA_KEY_REVOKED -> world.celona.keyRevoked = true;
                case CELONA_KEY_BACK -> world.celona.keyRevoked = false;
                case PHONE_UNASSIGNED -> phone.assigned = !phone.assigned;
                case APPLE_ENDS_EARLY, APPLE_LEAVES_OUT ->
                    world.mdms.stream()
                            .filter(Apple.class::isInstance)
                            .map(Apple.class::cast)
                            .forEach(apple -> happen(event, apple));
                case MDM_LEARNS_EIDS_LATE -> world.eidsShowAfter = Duration.ofDays(7);
                default -> throw new IllegalArgumentException(event.words());
            }
        }
    }

    private static void happen(Event event, Apple apple) {
        if (event.what() == Event.What.APPLE_ENDS_EARLY) {
            apple.endsEarly = true;
        } else {
            apple.leavesOut = 1 + event.subject() % 4;
        }
    }

    private static void happen(Event event, Intune intune) {
        switch (event.what()) {
            case MDM_REPORTS_LATE -> intune.reports.takes = Duration.ofMinutes(event.subject() % 30);
            case MDM_REPORTS_NEVER -> intune.reports.takes = Duration.ofDays(1000);
            case MDM_REPORTS_NOTHING -> intune.reports.fails = true;
            case MDM_REPORTS_THE_PAST -> intune.reports.isOld = true;
            case MDM_LEAVES_OUT -> intune.leavesOut = 1 + event.subject() % 4;
            case MDM_ANSWERS_PARTLY -> intune.partly = 1 + event.subject() % 8;
            default -> intune.bulk = false;
        }
    }

    private static void happen(Event event, Csv csv) {
        switch (event.what()) {
            case FILE_EXPORTED -> csv.export();
            case FILE_REPLACED -> csv.replace();
            case FILE_BROKEN -> csv.next = EXPORTS.get(event.subject() % EXPORTS.size());
            default -> csv.writes = true;
        }
    }

    /** All is well again: what a reasonable administrator sees to. */
    static void heal(World world) {
        synchronized (world) {
            for (Phone phone : world.phones) {
                phone.online = true;
                phone.internet = true;
                phone.brokenRecord = false;
                phone.assigned = true;
                phone.managed = true;
                phone.mood = Phone.Mood.WILLING;
                phone.slow = Duration.ofSeconds(1);
                phone.leftBehindIn = -1;
            }
            world.mdms.forEach(Mdm::heal);
            world.celona.stock(1000);
            world.celona.fails.clear();
            world.celona.groups.addAll(Set.of("Field Crew", "Office"));
            world.celona.keyRevoked = false;
            world.celona.partial = false;
            world.celona.aboutOthers = false;
            world.celona.slow = Duration.ofSeconds(3);
        }
    }
}
