package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device managed by Intune. */
public final class ManagedDevice {
    private final Phone phone;
    private final String entraId = UUID.randomUUID().toString();
    private final String objectId = UUID.randomUUID().toString();
    private final List<EsimAction> actions = new CopyOnWriteArrayList<>();
    private volatile String os = "iOS";
    private volatile String category = "Unassigned";

    ManagedDevice(Phone phone) {
        this.phone = phone;
    }

    /** Its id at Intune, another one after each enrolment. */
    public String id() {
        return phone.managementId();
    }

    /** The object id in Entra, by which it is a member of groups. */
    public String objectId() {
        return objectId;
    }

    /** The eSIM actions sent to it. */
    public List<EsimAction> actions() {
        return List.copyOf(actions);
    }

    /** Makes it a device with another operating system. */
    public ManagedDevice os(String word) {
        os = word;
        return this;
    }

    /** Gives it a category. */
    public ManagedDevice category(String name) {
        category = name;
        return this;
    }

    Phone phone() {
        return phone;
    }

    /** The operating system in Intune's word. */
    public String os() {
        return os;
    }

    String category() {
        return category;
    }

    /** The device's id in Entra. */
    public String entraId() {
        return entraId;
    }

    boolean showsEid() {
        return !os.startsWith("Windows") && !phone.ownership().personal();
    }

    boolean takesEsimAction() {
        return showsEid() && !phone.reportedEid().isEmpty();
    }

    EsimAction add(String carrierUrl) {
        EsimAction action = new EsimAction(carrierUrl);
        actions.add(action);
        return action;
    }

    /** Without its hardware, which no list has. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = Json.object("id", id(), "deviceName", phone.name());
        json.put("serialNumber", phone.serialNumber());
        json.put("imei", "");
        json.put("operatingSystem", os);
        json.put("osVersion", "26.1");
        json.put("model", phone.model().marketingName());
        json.put("azureADDeviceId", entraId);
        json.put("lastSyncDateTime", Instant.now().toString());
        json.put("enrolledDateTime", phone.lastEnrolled().toString());
        json.put("userPrincipalName", phone.user());
        json.put("deviceCategoryDisplayName", category);
        json.put("managedDeviceOwnerType", phone.ownership().personal() ? "personal" : "company");
        json.put("complianceState", "compliant");
        json.put("managementState", phone.managed() ? "managed" : "retirePending");
        json.put("hardwareInformation", null);
        return json;
    }

    Map<String, @Nullable Object> hardware() {
        return Json.object(
                "id",
                id(),
                "iccid",
                Stream.concat(phone.otherIccids().stream(), phone.celonaIccids().stream())
                        .collect(Collectors.joining(" ")),
                "hardwareInformation",
                Json.object(
                        "serialNumber", phone.serialNumber(), "esimIdentifier", showsEid() ? phone.reportedEid() : ""));
    }

    Map<String, @Nullable Object> actionResults(Duration lag) {
        Instant listed = Instant.now().minus(lag);
        return Json.object(
                "id",
                id(),
                "deviceActionResults",
                actions.stream()
                        .filter(action -> !action.start().isAfter(listed))
                        .map(EsimAction::json)
                        .toList());
    }
}
