package io.celonamdm.simulator.celona;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The setup of the Celona account and the behaviour of the cloud; can change at run time. */
public final class CelonaSettings {
    /** The group of devices for which none is given. */
    static final String DEFAULT_GROUP = "default";

    private volatile String apiKey = "$2a$04$xylSimulatedKey";
    private volatile String customerId = "104242";
    private volatile String serverUrl = "https://sm-v4-072-d-gtm.pr.go-esim.com";
    private volatile Duration assignDelay = Duration.ofMillis(200);
    private volatile BeforeSuccess beforeSuccess = BeforeSuccess.PENDING;
    private volatile WhenPoolEmpty whenPoolEmpty = WhenPoolEmpty.REFUSE_BATCH;
    private volatile ProvisionedWhen provisionedWhen = ProvisionedWhen.DOWNLOADED;
    private volatile boolean simLockSupported = true;
    private volatile boolean lockRequired;
    private volatile String imeiWith = "IMEIMAPPING";
    private final Set<String> deviceGroups = ConcurrentHashMap.newKeySet();

    CelonaSettings() {}

    /** Sets the API key that is valid. */
    public CelonaSettings apiKey(String value) {
        apiKey = value;
        return this;
    }

    /** Sets the customer that the key belongs to. */
    public CelonaSettings customerId(String value) {
        customerId = value;
        return this;
    }

    /** Sets the SM-DP+ address in the answers of assign-eid. */
    public CelonaSettings serverUrl(String value) {
        serverUrl = value;
        return this;
    }

    /** Sets how long it takes until an assignment is SUCCESS. */
    public CelonaSettings assignDelay(Duration value) {
        assignDelay = value;
        return this;
    }

    /** Sets what eid-status says before. */
    public CelonaSettings beforeSuccess(BeforeSuccess value) {
        beforeSuccess = value;
        return this;
    }

    /** Sets what happens when the eSIMs run out. */
    public CelonaSettings whenPoolEmpty(WhenPoolEmpty value) {
        whenPoolEmpty = value;
        return this;
    }

    /** Sets when an eSIM can be activated. */
    public CelonaSettings provisionedWhen(ProvisionedWhen value) {
        provisionedWhen = value;
        return this;
    }

    /** Creates device groups. */
    public CelonaSettings deviceGroups(String... names) {
        deviceGroups.addAll(Set.of(names));
        return this;
    }

    /** Sets the flags GROUPBASEDDEVICEACTIVATION and NEWIPDOMAINWORKFLOW. */
    public CelonaSettings simLockSupported(boolean value) {
        simLockSupported = value;
        return this;
    }

    /** Sets the flag DEFAULTLOCKONACTIVATION. */
    public CelonaSettings lockRequired(boolean value) {
        lockRequired = value;
        return this;
    }

    /** Sets the policy that the IMEI goes with; the document has both readings. */
    public CelonaSettings imeiWith(String value) {
        imeiWith = value;
        return this;
    }

    /** The API key. */
    public String apiKey() {
        return apiKey;
    }

    /** The customer. */
    public String customerId() {
        return customerId;
    }

    /** The SM-DP+ address. */
    public String serverUrl() {
        return serverUrl;
    }

    Duration assignDelay() {
        return assignDelay;
    }

    BeforeSuccess beforeSuccess() {
        return beforeSuccess;
    }

    WhenPoolEmpty whenPoolEmpty() {
        return whenPoolEmpty;
    }

    ProvisionedWhen provisionedWhen() {
        return provisionedWhen;
    }

    boolean hasGroup(String name) {
        return name.equals(DEFAULT_GROUP) || deviceGroups.contains(name);
    }

    boolean simLockSupported() {
        return simLockSupported;
    }

    boolean lockRequired() {
        return lockRequired;
    }

    String imeiWith() {
        return imeiWith;
    }
}
