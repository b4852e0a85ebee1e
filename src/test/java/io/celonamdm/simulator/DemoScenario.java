package io.celonamdm.simulator;

import io.celonamdm.simulator.celona.ProvisionedWhen;
import io.celonamdm.simulator.phone.Ownership;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.phone.PhoneModel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** About 60 phones with at least one failure of each kind, and delays short enough to watch. */
public final class DemoScenario implements AutoCloseable {
    /** The MDM group of most phones. */
    public static final String DRIVERS = "Drivers";

    /** The Celona group meant for {@link #DRIVERS}; exists. */
    public static final String FIELD_CREW = "Field Crew";

    /** Another MDM group. */
    public static final String WAREHOUSE = "Warehouse";

    /** The Celona group meant for {@link #WAREHOUSE}; exists. */
    public static final String SCANNERS = "Scanners";

    /** The MDM group of one phone. */
    public static final String LOANERS = "Loaners";

    /** The Celona group meant for {@link #LOANERS}; does not exist. */
    public static final String LOAN_POOL = "Loan Pool";

    private static final int HEALTHY = 48;
    private static final long SEED = 20261122;

    private final PhoneFleet fleet = PhoneFleet.of(HEALTHY, SEED);
    private final Map<DemoMishap, Phone> mishaps = new EnumMap<>(DemoMishap.class);
    private final Simulation simulation;

    private DemoScenario(int jamfPort, int celonaPort) {
        healthyPhones();
        phonesInTrouble();
        simulation = Simulation.start(fleet, jamfPort, celonaPort);
        celona();
    }

    /** Starts on any free ports. */
    public static DemoScenario start() {
        return start(0, 0);
    }

    /** Starts on given ports. */
    public static DemoScenario start(int jamfPort, int celonaPort) {
        return new DemoScenario(jamfPort, celonaPort);
    }

    /** Both simulators and the fleet. */
    public Simulation simulation() {
        return simulation;
    }

    /** The phone to which something happens. */
    public Phone phone(DemoMishap mishap) {
        return Objects.requireNonNull(mishaps.get(mishap));
    }

    /** The phones to which nothing happens, though their names may be a trap. */
    public List<Phone> healthy() {
        return fleet.phones().subList(0, HEALTHY);
    }

    @Override
    public void close() {
        simulation.close();
    }

    private void healthyPhones() {
        List<Phone> phones = fleet.phones();
        for (int i = 0; i < phones.size(); i++) {
            Phone phone = phones.get(i);
            phone.join(i % 4 == 3 ? WAREHOUSE : DRIVERS).user("user" + i);
            phone.behaviour().downloadDelay(Duration.ofMillis(1000 + 20L * i));
            if (i % 2 == 0) {
                phone.otherIccid("8901260507071800%04d".formatted(i));
            }
        }
        phones.get(5).behaviour().notNow(2);
    }

    private void phonesInTrouble() {
        for (DemoMishap mishap : DemoMishap.values()) {
            Phone phone =
                    fleet.add("Demo " + mishap.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            phone.join(mishap == DemoMishap.UNKNOWN_GROUP ? LOANERS : DRIVERS);
            phone.behaviour().downloadDelay(Duration.ofSeconds(1));
            mishaps.put(mishap, phone);
        }
        phone(DemoMishap.UNSUPPORTED_HARDWARE).behaviour().unsupported(true);
        phone(DemoMishap.BUSY).behaviour().busy(1);
        phone(DemoMishap.OFFLINE).behaviour().online(false);
        phone(DemoMishap.SCIENTIFIC_EID).reportedEid("8.90490321234512E+31");
        phone(DemoMishap.PERSONAL).ownership(Ownership.USER_ENROLLMENT);
        fleet.addOlderRecord(phone(DemoMishap.ENROLLED_TWICE));
        withoutModem();
    }

    private void withoutModem() {
        fleet.remove(phone(DemoMishap.WIFI_ONLY));
        Phone tablet = new Phone("", "DMQVGC0DHLA0", "Lobby iPad (Wi-Fi)").model(PhoneModel.IPAD_WIFI);
        mishaps.put(DemoMishap.WIFI_ONLY, fleet.add(tablet.join(DRIVERS)));
    }

    private void celona() {
        simulation
                .celona()
                .settings()
                .assignDelay(Duration.ofSeconds(2))
                .deviceGroups(FIELD_CREW, SCANNERS)
                // so that the phone that is off has an active eSIM that it does not know of
                .provisionedWhen(ProvisionedWhen.ASSIGNED);
        simulation
                .celona()
                .mishaps()
                .refuse(phone(DemoMishap.REFUSED_EID).eid(), "FAILED")
                .noImsi(phone(DemoMishap.UNKNOWN_ICCID).eid())
                .vanish(phone(DemoMishap.VANISHING_ICCID).eid())
                .alreadyInGroup(phone(DemoMishap.ALREADY_IN_GROUP).eid(), SCANNERS);
    }
}
