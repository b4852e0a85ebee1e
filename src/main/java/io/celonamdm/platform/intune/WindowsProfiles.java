package io.celonamdm.platform.intune;

import io.celonamdm.sync.Sync;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** Names the download server to Windows devices. */
@Component
public class WindowsProfiles {
    WindowsProfiles() {}

    /** Begins the search for the sync's profile. */
    public WindowsProfile begin(@ExchangeProperty("push") Push push, @ExchangeProperty("sync") Sync sync) {
        String spelling = sync.mdm().intune().address().windows();
        return new WindowsProfile(
                sync, IntunePush.written(spelling, push.order().address()));
    }
}
