package io.celonamdm.simulator.jamf;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import io.celonamdm.simulator.web.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connector's calls to Jamf Pro. */
final class JamfCalls {
    static final String DETAIL = "/api/v2/mobile-devices/detail";
    static final String COMMANDS = "/api/v2/mdm/commands";
    static final String GROUPS = "/api/v2/mobile-device-groups/static-groups";
    static final String PROFILES = "/JSSResource/mobiledeviceconfigurationprofiles";

    private final JamfSimulator jamf;
    private final Client anonymous;

    JamfCalls(JamfSimulator jamf) {
        this.jamf = jamf;
        anonymous = new Client(jamf.url(), "Accept", "application/json");
    }

    Reply token(String path, String form) throws IOException {
        return anonymous.send("POST", path, "application/x-www-form-urlencoded", form);
    }

    Client anonymous() {
        return anonymous;
    }

    Client client() throws IOException {
        JsonNode answer = token("/api/v1/oauth/token", credentials()).json();
        return new Client(
                jamf.url(),
                "Authorization",
                "Bearer " + answer.path("access_token").asText());
    }

    String credentials() {
        return "grant_type=client_credentials&client_id="
                + encoded(jamf.settings().clientId()) + "&client_secret="
                + encoded(jamf.settings().clientSecret());
    }

    Reply refresh(String managementId, String address) throws IOException {
        Object command = Json.object("commandType", "REFRESH_CELLULAR_PLANS", "esimServerUrl", address);
        Object clients = List.of(Json.object("managementId", managementId));
        String body = Json.write(Json.object("clientData", clients, "commandData", command));
        return client().send("POST", COMMANDS, "application/json", body);
    }

    JsonNode command(String filter) throws IOException {
        return client().get(COMMANDS + "?filter=" + encoded(filter)).json();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
