package io.celonamdm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An inventory record as the simulator of Jamf Pro shows it, into which the numbers of other devices are put. */
final class RecordTemplate {
    private static final Pattern FIELD = Pattern.compile("<(id|eid)>");
    private static final String SECTIONS = "section=GENERAL&section=HARDWARE&section=USER_AND_LOCATION&section=NETWORK"
            + "&section=SERVICE_SUBSCRIPTIONS&section=GROUPS&section=EXTENSION_ATTRIBUTES";

    private final List<String> texts = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();

    private RecordTemplate(String record) {
        Matcher field = FIELD.matcher(record);
        int from = 0;
        while (field.find()) {
            texts.add(record.substring(from, field.start()));
            fields.add(field.group(1));
            from = field.end();
        }
        texts.add(record.substring(from));
    }

    /** The record of a phone in two groups that has its eSIM, in a tenant with one device. */
    static RecordTemplate ofSimulator() {
        String eid = Numbering.eid(0);
        Phone phone = new Phone(eid, "F2L<id>", "Warehouse iPhone <id>")
                .user("user-<id>")
                .join("Celona eSIM")
                .join("Drivers")
                .otherIccid("8901260<id>000000")
                .otherIccid(Numbering.iccid("<id>"));
        PhoneFleet fleet = new PhoneFleet(1);
        fleet.add(phone);
        try (Simulation simulation = Simulation.start(fleet)) {
            String token = token(simulation);
            Client jamf = new Client(simulation.jamf().url(), "Authorization", "Bearer " + token);
            JsonNode page = jamf.get("/api/v2/mobile-devices/detail?page=0&page-size=1&" + SECTIONS)
                    .json();
            String id = simulation.jamf().idOf(phone);
            return new RecordTemplate(page.path("results")
                    .path(0)
                    .toString()
                    .replace("\"" + id + "\"", "\"<id>\"")
                    .replace("A-" + id, "A-<id>")
                    .replace(eid, "<eid>")
                    .replaceAll("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{5})[0-9a-f]{7}", "$1<id>"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(Simulation simulation) throws IOException {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(Simulation.CLIENT_ID, URLEncoder.encode(Simulation.CLIENT_SECRET, StandardCharsets.UTF_8));
        return new Client(simulation.jamf().url(), "Accept", "application/json")
                .send("POST", "/api/v1/oauth/token", "application/x-www-form-urlencoded", form)
                .json()
                .path("access_token")
                .asText();
    }

    /** Appends the record of a device. */
    void write(int device, StringBuilder page) {
        String id = Numbering.id(device);
        String eid = Numbering.eid(device);
        for (int i = 0; i < fields.size(); i++) {
            page.append(texts.get(i)).append(fields.get(i).equals("id") ? id : eid);
        }
        page.append(texts.get(fields.size()));
    }
}
