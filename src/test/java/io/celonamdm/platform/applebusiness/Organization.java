package io.celonamdm.platform.applebusiness;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.platform.PlatformRig;
import io.celonamdm.platform.csv.CsvPush;
import io.celonamdm.platform.csv.KnownEids;
import io.celonamdm.simulator.apple.ApiAccount;
import io.celonamdm.simulator.apple.AppleBusinessSimulator;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.Map;

/** A simulated organization, and the shipped routes of the platform in front of it. */
final class Organization extends PlatformRig {
    static final String SERVICE = "1F97349736CF4614A94F624E705841AD";

    private final AppleBusinessSimulator apple;

    Organization(PhoneFleet fleet) {
        super("apple-business", CsvPush.class);
        apple = started(() -> AppleBusinessSimulator.start(fleet), AppleBusinessSimulator::url)
                .service("00000000000000000000000000000001", "Macs")
                .service(SERVICE, "Intune Europe");
        set("mdm.apple-business.server", "intune europe");
        set("mdm.apple-business.client-id", ApiAccount.CLIENT_ID);
        set("mdm.apple-business.key-id", ApiAccount.KEY_ID);
        set("mdm.apple-business.private-key", apple.account().pem());
        set("mdm.apple-business.base-url", apple.url());
        set("mdm.apple-business.token-url", apple.tokenUrl());
    }

    @Override
    public Organization set(String key, Object value) {
        super.set(key, value);
        return this;
    }

    AppleBusinessSimulator apple() {
        return apple;
    }

    /** Assigns a phone to the service. */
    void assign(Phone... phones) {
        for (Phone phone : phones) {
            apple.assign(phone, SERVICE);
        }
    }

    /** What is known of EIDs after Apple was asked. */
    KnownEids eids() throws Exception {
        KnownEids known = KnownEids.read(sync().mdm());
        sent("apple-business-eids", null, Map.of("known-eids", known));
        return known;
    }

    @Override
    protected MdmDevice recordOf(Phone phone) {
        return record(phone.serialNumber(), phone, "iOS", Map.of());
    }

    @Override
    public void close() {
        apple.close();
    }
}
