package io.celonamdm.platform.intune;

import io.celonamdm.json.UnreadableAnswer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Entra group with the profile: its current members, and added ones. */
@Component
public class WindowsGroups {
    private static final int NO_CONTENT = 204;

    WindowsGroups() {}

    /** Records the current members. */
    public void read(@Body @Nullable Object answer, @ExchangeProperty("members") Members members) {
        members.read(answer);
    }

    /**
     * Records the added members.
     *
     * @throws UnreadableAnswer if it was not Graph that answered, which has nothing to say then
     */
    public void added(
            @Body byte @Nullable [] body,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @ExchangeProperty("members") Members members) {
        if (status != NO_CONTENT) {
            throw new UnreadableAnswer(
                    "no content, for members that were added",
                    new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8));
        }
        members.added();
    }
}
