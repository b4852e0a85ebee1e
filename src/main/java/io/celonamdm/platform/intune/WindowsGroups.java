package io.celonamdm.platform.intune;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Entra group that has the profile: its present members, and those that were added. */
@Component
public class WindowsGroups {
    WindowsGroups() {}

    /** Takes note of those that are members already. */
    public void read(@Body @Nullable Object answer, @ExchangeProperty("members") Members members) {
        members.read(answer);
    }

    /** The next ones have become members. */
    public void added(@ExchangeProperty("members") Members members) {
        members.added();
    }
}
