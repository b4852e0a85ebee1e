package io.celonamdm.simulator.jamf;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The setup of the Jamf Pro server and its API client; can change at run time. */
public final class JamfSettings {
    private volatile String clientId = "11111111-2222-3333-4444-555555555555";
    private volatile String clientSecret = "secret";
    private volatile Duration tokenLifetime = Duration.ofSeconds(60);
    private volatile boolean unversionedTokenOnly;
    private volatile Duration commandLag = Duration.ZERO;
    private volatile Duration clockAhead = Duration.ZERO;
    private final Set<String> missingPrivileges = ConcurrentHashMap.newKeySet();
    private final Set<String> extensionAttributes = ConcurrentHashMap.newKeySet();

    JamfSettings() {
        extensionAttributes.add("Celona eSIM status");
    }

    /** Sets the API client that is known. */
    public JamfSettings client(String id, String secret) {
        clientId = id;
        clientSecret = secret;
        return this;
    }

    /** Sets how long an access token lives. */
    public JamfSettings tokenLifetime(Duration value) {
        tokenLifetime = value;
        return this;
    }

    /** Makes it an older server, which has {@code /api/oauth/token} only. */
    public JamfSettings unversionedTokenOnly(boolean value) {
        unversionedTokenOnly = value;
        return this;
    }

    /** Sets how long the node that is asked has not heard of commands that another one took. */
    public JamfSettings commandLag(Duration value) {
        commandLag = value;
        return this;
    }

    /** Sets how far the server's clock is ahead. */
    public JamfSettings clockAhead(Duration value) {
        clockAhead = value;
        return this;
    }

    /** Takes a {@link Privilege} away from the client's role. */
    public JamfSettings revoke(String privilege) {
        missingPrivileges.add(privilege);
        return this;
    }

    /** Gives a privilege back. */
    public JamfSettings grant(String privilege) {
        missingPrivileges.remove(privilege);
        return this;
    }

    /** Defines an extension attribute of type STRING. */
    public JamfSettings extensionAttribute(String name) {
        extensionAttributes.add(name);
        return this;
    }

    /** The client's id. */
    public String clientId() {
        return clientId;
    }

    /** The client's secret. */
    public String clientSecret() {
        return clientSecret;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    Duration commandLag() {
        return commandLag;
    }

    Duration clockAhead() {
        return clockAhead;
    }

    boolean unversionedTokenOnly() {
        return unversionedTokenOnly;
    }

    boolean allows(String privilege) {
        return !missingPrivileges.contains(privilege);
    }

    boolean hasExtensionAttribute(String name) {
        return extensionAttributes.contains(name);
    }
}
