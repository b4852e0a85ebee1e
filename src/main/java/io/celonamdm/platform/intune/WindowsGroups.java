package io.celonamdm.platform.intune;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Entra group with the profile: its current members, and added ones. */
@Component
public class WindowsGroups {
    WindowsGroups() {}

    /** Records the current members. */
    public void read(@Body @Nullable Object answer, @ExchangeProperty("members") Members members) {
        members.read(answer);
    }

    /** Records the added members. */
    public void added(@ExchangeProperty("members") Members members) {
        members.added();
    }
}
