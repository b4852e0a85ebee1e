package io.celonamdm.simulator.phone;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** The phones of an enterprise, in order of enrolment. */
public final class PhoneFleet {
    private final List<Phone> phones = new CopyOnWriteArrayList<>();
    private final Random random;

    /** A fleet without phones. */
    public PhoneFleet(long seed) {
        random = new Random(seed);
    }

    /** A fleet of n phones with valid EIDs and with names good and bad; the same seed makes the same fleet. */
    public static PhoneFleet of(int n, long seed) {
        PhoneFleet fleet = new PhoneFleet(seed);
        for (int i = 0; i < n; i++) {
            fleet.add(PhoneNames.at(i));
        }
        return fleet;
    }

    /** Adds a phone of the given name with an EID of its own. */
    public Phone add(String name) {
        return add(new Phone(Eids.next(random), serialNumber(), name));
    }

    /** Adds a phone. */
    public Phone add(Phone phone) {
        phones.add(phone);
        return phone;
    }

    /** Adds n phones that download at once. */
    public List<Phone> addQuick(int n) {
        List<Phone> added = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String serial = serialNumber();
            Phone phone = add(new Phone(Eids.next(random), serial, "Phone " + serial));
            phone.behaviour().downloadDelay(Duration.ofMillis(20));
            added.add(phone);
        }
        return added;
    }

    /** Adds tablets without a modem, hence without an EID. */
    public PhoneFleet withWifiIpads(int n) {
        for (int i = 0; i < n; i++) {
            add(new Phone("", serialNumber(), "Lobby iPad " + (i + 1)).model(PhoneModel.IPAD_WIFI));
        }
        return this;
    }

    /** Adds, for the first n phones, the older record that a wipe and a new enrolment left behind. */
    public PhoneFleet withDuplicates(int n) {
        phones.stream().limit(n).toList().forEach(this::addOlderRecord);
        return this;
    }

    /** Adds the older record of a phone that was wiped and enrolled again. */
    public Phone addOlderRecord(Phone phone) {
        Instant before = phone.lastEnrolled().minus(200, ChronoUnit.DAYS);
        Phone older = new Phone(phone.eid(), phone.serialNumber(), phone.name()).lastEnrolled(before);
        older.behaviour().online(false);
        phone.groups().forEach(older::join);
        return add(older);
    }

    /** Puts all present phones into an MDM group. */
    public PhoneFleet inGroup(String group) {
        phones.forEach(phone -> phone.join(group));
        return this;
    }

    /** Sets how long all present phones take to download. */
    public PhoneFleet downloadDelay(Duration delay) {
        phones.forEach(phone -> phone.behaviour().downloadDelay(delay));
        return this;
    }

    /** All phones. */
    public List<Phone> phones() {
        return List.copyOf(phones);
    }

    /** The phone with the newest enrolment of an EID. */
    public Optional<Phone> phone(String eid) {
        return phones.stream()
                .filter(phone -> phone.eid().equals(eid))
                .reduce((one, other) -> other.lastEnrolled().isAfter(one.lastEnrolled()) ? other : one);
    }

    /** Removes a phone from the MDM. */
    public void remove(Phone phone) {
        phones.remove(phone);
    }

    /** The distinct EIDs. */
    public List<String> eids() {
        List<String> eids = new ArrayList<>(phones.stream().map(Phone::eid).toList());
        eids.removeIf(String::isEmpty);
        return eids.stream().distinct().toList();
    }

    private String serialNumber() {
        StringBuilder serial = new StringBuilder();
        while (serial.length() < 10) {
            serial.append("0123456789CDFGHJKLMNPQRTVWXY".charAt(random.nextInt(28)));
        }
        return serial.toString();
    }
}
