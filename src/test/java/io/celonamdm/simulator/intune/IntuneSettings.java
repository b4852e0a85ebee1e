package io.celonamdm.simulator.intune;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The setup of the tenant and its app registration; can change at run time. */
public final class IntuneSettings {
    private final Set<String> missingPermissions = ConcurrentHashMap.newKeySet();
    private volatile String tenantId = "72f988bf-0000-41af-91ab-2d7cd011db47";
    private volatile String clientId = "6731de76-0000-4ae9-aecc-9b90b8b1d2c1";
    private volatile String clientSecret = "secret";
    private volatile Optional<X509Certificate> certificate = Optional.empty();
    private volatile String federatedToken = "";
    private volatile int pageSize = 1000;
    private volatile int polls = 1;
    private volatile String jobStatus = "completed";
    private volatile boolean expired;
    private volatile String storage = "";
    private volatile boolean eidsInReport = true;
    private volatile boolean bulk = true;
    private volatile boolean wrapped = true;
    private volatile Duration actionLag = Duration.ZERO;
    private volatile boolean profileTypes = true;

    IntuneSettings() {}

    /** Sets the application that is known. */
    public IntuneSettings client(String id, String secret) {
        clientId = id;
        clientSecret = secret;
        return this;
    }

    /** Registers a certificate for the application. */
    public IntuneSettings certificate(X509Certificate known) {
        certificate = Optional.of(known);
        return this;
    }

    /** Registers a federated credential, whose token is this one. */
    public IntuneSettings federatedToken(String token) {
        federatedToken = token;
        return this;
    }

    /** Takes a {@link Permission} away from the application. */
    public IntuneSettings revoke(String permission) {
        missingPermissions.add(permission);
        return this;
    }

    /** Sets how many objects a page has. */
    public IntuneSettings pageSize(int value) {
        pageSize = value;
        return this;
    }

    /** Sets how many times a report is looked after before it has the status. */
    public IntuneSettings report(int afterPolls, String status) {
        polls = afterPolls;
        jobStatus = status;
        return this;
    }

    /** Lets reports be expired once they are completed. */
    public IntuneSettings expired(boolean value) {
        expired = value;
        return this;
    }

    /** Names another host as the storage account of reports, such as {@code http://127.0.0.1:1}. */
    public IntuneSettings storage(String address) {
        storage = address;
        return this;
    }

    /** Whether the report's column EID is filled. */
    public IntuneSettings eidsInReport(boolean value) {
        eidsInReport = value;
        return this;
    }

    /** Whether {@code executeAction} knows the eSIM action. */
    public IntuneSettings bulk(boolean value) {
        bulk = value;
        return this;
    }

    /** Whether the answer to {@code executeAction} is wrapped in {@code value}; the documents leave that open. */
    public IntuneSettings wrapped(boolean value) {
        wrapped = value;
        return this;
    }

    /** Sets how long an action has been under way before a device's record lists it; a very long time is never. */
    public IntuneSettings actionLag(Duration value) {
        actionLag = value;
        return this;
    }

    /** Whether the list of configuration profiles says the type of each. */
    public IntuneSettings profileTypes(boolean value) {
        profileTypes = value;
        return this;
    }

    /** The tenant's id. */
    public String tenantId() {
        return tenantId;
    }

    /** The application's id. */
    public String clientId() {
        return clientId;
    }

    /** The application's secret. */
    public String clientSecret() {
        return clientSecret;
    }

    Optional<X509Certificate> certificate() {
        return certificate;
    }

    String federatedToken() {
        return federatedToken;
    }

    boolean allows(String permission) {
        return !missingPermissions.contains(permission);
    }

    int pageSize() {
        return pageSize;
    }

    int polls() {
        return polls;
    }

    String jobStatus() {
        return jobStatus;
    }

    boolean expired() {
        return expired;
    }

    Optional<String> storage() {
        return storage.isEmpty() ? Optional.empty() : Optional.of(storage);
    }

    boolean eidsInReport() {
        return eidsInReport;
    }

    Duration actionLag() {
        return actionLag;
    }

    boolean profileTypes() {
        return profileTypes;
    }

    boolean bulk() {
        return bulk;
    }

    boolean wrapped() {
        return wrapped;
    }
}
