package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.phone.PhoneAnswer;
import io.celonamdm.simulator.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refresh command in the queue; {@link JamfSimulator#commands()} shows it to tests. */
public final class MdmCommand {
    static final String TYPE = "REFRESH_CELLULAR_PLANS";

    private final String uuid = UUID.randomUUID().toString();
    private final Instant sent = Instant.now();
    private final String managementId;
    private final String esimServerUrl;
    private volatile Optional<PhoneAnswer> answer = Optional.empty();
    private volatile Instant answered = Instant.MAX;

    MdmCommand(String managementId, String esimServerUrl) {
        this.managementId = managementId;
        this.esimServerUrl = esimServerUrl;
    }

    /** The command's id. */
    public String uuid() {
        return uuid;
    }

    /** The device commanded. */
    public String managementId() {
        return managementId;
    }

    /** The SM-DP+ address sent. */
    public String esimServerUrl() {
        return esimServerUrl;
    }

    /** The state in the spelling of the answers: PENDING, ACKNOWLEDGED, NOT_NOW, ERROR or COMMAND_FORMAT_ERROR. */
    public String state() {
        return answer.map(given -> given.kind().name()).orElse("PENDING");
    }

    /** Whether the phone may still answer. */
    public boolean active() {
        return answer.isEmpty() || answer.get().kind() == PhoneAnswer.Kind.NOT_NOW;
    }

    void answer(PhoneAnswer given) {
        answered = Instant.now();
        answer = Optional.of(given);
    }

    /** When it was sent, by a clock that is right. */
    public Instant sent() {
        return sent;
    }

    Map<String, @Nullable Object> json(Duration clockAhead) {
        Map<String, @Nullable Object> json =
                Json.object("uuid", uuid, "dateSent", sent.plus(clockAhead).toString());
        json.put("dateCompleted", active() ? null : answered.plus(clockAhead).toString());
        json.put("client", Json.object("managementId", managementId, "clientType", "MOBILE_DEVICE"));
        json.put("commandState", state());
        json.put("commandType", TYPE);
        json.put("commandError", answer.map(MdmCommand::error).orElse(null));
        json.put("profileId", null);
        return json;
    }

    private static @Nullable Object error(PhoneAnswer given) {
        return given.errorCode() == 0
                ? null
                : Json.object(
                        "errorCode",
                        given.errorCode(),
                        "errorDomain",
                        "MCMDMErrorDomain",
                        "errorLocalizedDescription",
                        given.description(),
                        "errorEnglishDescription",
                        given.description());
    }
}
