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
    private volatile GroupBehaviour groups = GroupBehaviour.ALL_OR_NOTHING;
    private volatile GroupAnswer groupAnswer = GroupAnswer.SHUFFLED;
    private volatile GroupLook groupLook = GroupLook.UNDERSTOOD;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
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

    /** Sets what becomes of a command for several devices. */
    public JamfSettings groups(GroupBehaviour value) {
        groups = value;
        return this;
    }

    /** Sets how a command for several devices is answered. */
    public JamfSettings groupAnswer(GroupAnswer value) {
        groupAnswer = value;
        return this;
    }

    /** Sets what becomes of a question about several commands or devices. */
    public JamfSettings groupLook(GroupLook value) {
        groupLook = value;
        return this;
    }

    /** Forgets a device: it is in the inventory, and no command can be sent to it. */
    public JamfSettings forget(String managementId) {
        forgotten.add(managementId);
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

    boolean hasForgotten(String managementId) {
        return forgotten.contains(managementId);
    }

    GroupBehaviour groups() {
        return groups;
    }

    GroupAnswer groupAnswer() {
        return groupAnswer;
    }

    GroupLook groupLook() {
        return groupLook;
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
