package io.celonamdm.platform.jamf;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.SyncName;
import io.celonamdm.platform.PlatformRig;
import io.celonamdm.simulator.jamf.JamfSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulated tenant, and the shipped routes of the platform in front of it. */
final class Tenant extends PlatformRig {
    private final JamfSimulator jamf;

    Tenant(PhoneFleet fleet) {
        super("jamf");
        jamf = JamfSimulator.start(0, fleet, NOTHING_ORDERED);
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
        super.close();
        jamf.close();
    }
}
