package io.celonamdm.simulator.jamf;

import static io.celonamdm.simulator.jamf.JamfCalls.PROFILES;
import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigurationProfileTest {
    private final PhoneFleet fleet = PhoneFleet.of(1, 1);
    private final JamfSimulator jamf = JamfSimulator.start(0, fleet, new OneProfile());
    private final JamfCalls calls = new JamfCalls(jamf);

    @AfterEach
    void close() {
        jamf.close();
    }

    @Test
    void profilesGetAnIdentityOfTheServers() throws IOException {
        Reply created = xml("POST", "/id/0", profile("<scope><mobile_device_groups/></scope>"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body()).contains("<id>1</id>");
        String shown = profileShown();
        assertThat(shown).doesNotContain("OUTER-UUID").contains("INNER-UUID").contains("<mobile_device_groups/>");
        assertThat(shown).contains("<redeploy_on_update>Newly Assigned<");

        assertThat(xml("PUT", "/id/1", profile("")).status()).isEqualTo(201);
        assertThat(profileShown()).contains("OUTER-UUID").contains("<mobile_device_groups/>");
        assertThat(xml("PUT", "/id/1", profile("<scope><all_mobile_devices/></scope>"))
                        .status())
                .isEqualTo(201);
        assertThat(profileShown()).contains("<all_mobile_devices/>").doesNotContain("<mobile_device_groups/>");
        assertThat(xml("POST", "/id/0", profile("")).status()).isEqualTo(409);
    }

    @Test
    void anAbsentProfileIsAWebPage() throws IOException {
        Reply reply = calls.client().get(PROFILES + "/name/Nothing%20here");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).startsWith("<!DOCTYPE html>");
    }

    private Reply xml(String method, String path, String body) throws IOException {
        return calls.client().send(method, PROFILES + path, "application/xml", body);
    }

    private String profileShown() throws IOException {
        return calls.client().get(PROFILES + "/name/Celona%20LTE").body();
    }

    private static String profile(String scope) {
        String propertyList = """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0"><dict>
                <key>PayloadContent</key><array><dict>
                <key>PayloadUUID</key><string>INNER-UUID</string></dict></array>
                <key>PayloadUUID</key><string>OUTER-UUID</string>
                <key>PayloadIdentifier</key><string>OUTER-UUID</string></dict></plist>""";
        return "<configuration_profile><general><name>Celona LTE</name><redeploy_on_update>All</redeploy_on_update>"
                + "<payloads>" + propertyList.replace("&", "&amp;").replace("<", "&lt;") + "</payloads></general>"
                + scope + "</configuration_profile>";
    }
}
