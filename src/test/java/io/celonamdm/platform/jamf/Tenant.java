package io.celonamdm.platform.jamf;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.SyncName;
import io.celonamdm.platform.PlatformRig;
import io.celonamdm.simulator.jamf.JamfSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.sync.CallSizes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulated tenant, and the shipped routes of the platform in front of it. */
final class Tenant extends PlatformRig {
    private final JamfSimulator jamf;

    Tenant(PhoneFleet fleet) {
        super("jamf", CallSizes.class);
        jamf = started(() -> JamfSimulator.start(0, fleet, NOTHING_ORDERED), JamfSimulator::url);
        set("mdm.base-url", jamf.url());
        set("mdm.client-id", jamf.settings().clientId());
        set("mdm.client-secret", jamf.settings().clientSecret());
    }

    @Override
    public Tenant set(String key, Object value) {
        super.set(key, value);
        return this;
    }

    JamfSimulator jamf() {
        return jamf;
    }

    /** Has a phone download its eSIM. */
    PushOutcome push(Phone phone) throws Exception {
        return pushed(null, null, phone).get(0);
    }

    /** The same after a call that was about to be made at a time, and was never answered. */
    PushOutcome pushAgain(Phone phone, Instant since) throws Exception {
        return pushed(null, since, phone).get(0);
    }

    /** Has phones download their eSIMs, by one order. */
    List<PushOutcome> pushAll(List<Phone> phones) throws Exception {
        return pushed(null, null, phones.toArray(Phone[]::new));
    }

    /** The same after a call that was about to be made at a time, and was never answered. */
    List<PushOutcome> pushAllAgain(List<Phone> phones, Instant since) throws Exception {
        return pushed(null, since, phones.toArray(Phone[]::new));
    }

    /** Has phones download their eSIMs, by one order that names each by an EID of the test's choice. */
    List<PushOutcome> pushAs(Map<String, Phone> byEid) throws Exception {
        return ordered(byEid.entrySet().stream()
                .map(each -> new PushOrder.Target(each.getKey(), recordOf(each.getValue()), null, null))
                .toList());
    }

    /** Asks what became of commands, by phone. */
    List<PushOutcome> fates(Map<Phone, String> references) throws Exception {
        return ordered(references.entrySet().stream()
                .map(each -> new PushOrder.Target(each.getKey().eid(), recordOf(each.getKey()), each.getValue(), null))
                .toList());
    }

    /** Asks what became of a command. */
    PushOutcome fate(Phone phone, String reference) throws Exception {
        return pushed(reference, null, phone).get(0);
    }

    @Override
    protected MdmDevice recordOf(Phone phone) {
        return record(jamf.idOf(phone), phone, "iOS", Map.of());
    }

    /** Sends devices to a follow-up route. */
    void followUp(String route, FollowUpOrder.Target... targets) throws Exception {
        send(route, new FollowUpOrder(new SyncName("warehouse"), List.of(targets)));
    }

    @Override
    public void close() {
        jamf.close();
    }
}
