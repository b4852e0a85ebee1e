package io.celonamdm.platform.intune;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOutcome;
import io.celonamdm.esim.SyncName;
import io.celonamdm.platform.PlatformRig;
import io.celonamdm.simulator.intune.IntuneSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.work.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A simulated tenant, and the shipped routes of the platform in front of it. */
final class Tenant extends PlatformRig {
    static final String GROUP = "0b8f1f2c-0000-4a51-9c2c-5f3a7d1e0c11";

    private final IntuneSimulator intune;

    Tenant(PhoneFleet fleet) {
        super("intune", Pauses.class);
        intune = started(() -> IntuneSimulator.start(0, fleet, NOTHING_ORDERED), IntuneSimulator::url);
        set("mdm.login-url", intune.url());
        set("mdm.graph-url", intune.url());
        set("mdm.tenant-id", intune.settings().tenantId());
        set("mdm.intune.export-poll", "20ms");
        set("mdm.intune.windows.group", GROUP);
        set("mdm.client-id", intune.settings().clientId());
        set("mdm.client-secret", intune.settings().clientSecret());
    }

    @Override
    public Tenant set(String key, Object value) {
        super.set(key, value);
        return this;
    }

    IntuneSimulator intune() {
        return intune;
    }

    /** Has phones download their eSIMs. */
    List<PushOutcome> push(Phone... phones) throws Exception {
        return pushed(null, null, phones);
    }

    /** The same after a call that was never answered. */
    List<PushOutcome> pushAgain(Phone... phones) throws Exception {
        return pushAgain(Instant.now(), phones);
    }

    /** The same after a call that was about to be made at a time, and was never answered. */
    List<PushOutcome> pushAgain(Instant since, Phone... phones) throws Exception {
        return pushed(null, since, phones);
    }

    /** Asks what became of commands. */
    List<PushOutcome> fate(String reference, Phone... phones) throws Exception {
        return pushed(reference, null, phones);
    }

    /** Has phones and others get the private-network profile. */
    void followUp(Phone... phones) throws Exception {
        List<FollowUpOrder.Target> targets = Stream.of(phones)
                .map(phone -> new FollowUpOrder.Target(phone.eid(), recordOf(phone), null, "DONE"))
                .toList();
        sent("intune-profile", new FollowUpOrder(new SyncName("warehouse"), targets));
    }

    @Override
    protected MdmDevice recordOf(Phone phone) {
        return record(
                phone.managementId(),
                phone,
                intune.device(phone).os(),
                Map.of("entraDeviceId", intune.device(phone).entraId()));
    }

    @Override
    public void close() {
        intune.close();
    }
}
