package io.celonamdm.platform.jamf;

import io.celonamdm.http.TokenAnswers;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** This connector as an API client of Jamf Pro. */
@Component
public class JamfClient {
    private static final String VERSIONED = "/api/v1/oauth/token";
    /** The only path of older servers (Jamf, "Client Credentials", since 10.49). */
    private static final String UNVERSIONED = "/api/oauth/token";

    private final Set<String> olderServers = ConcurrentHashMap.newKeySet();
    private final String userAgent;

    JamfClient(ObjectProvider<BuildProperties> build) {
        BuildProperties known = build.getIfAvailable();
        String version = known == null ? "development" : known.getVersion();
        userAgent = "celona-mdm-connector/%s (eSIM assignment for managed devices)".formatted(version);
    }

    /** Product, version and comment, as Jamf requires of integrations ("Application Header Best Practices"). */
    public String userAgent() {
        return userAgent;
    }

    /** The token path of the tenant. */
    public String tokenPath(@ExchangeProperty("sync") Sync sync) {
        return isOlder(sync.mdm()) ? UNVERSIONED : sync.mdm().tokenPath();
    }

    /** The client's credentials as a form (RFC 6749, 4.4.2), in the body as Jamf requires. */
    public HttpEntity credentials(@ExchangeProperty("sync") Sync sync) {
        return new UrlEncodedFormEntity(
                List.of(
                        new BasicNameValuePair("grant_type", "client_credentials"),
                        new BasicNameValuePair("client_id", sync.mdm().clientId()),
                        new BasicNameValuePair("client_secret", sync.mdm().clientSecret())),
                StandardCharsets.UTF_8);
    }

    /**
     * Switches to the path without version if the tenant lacks the other. Keeps it until that path is gone too, as on
     * an upgraded server.
     *
     * @throws HttpOperationFailedException for any other failure
     */
    public void useOlderPath(
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("older-path") @Nullable String tried,
            @ExchangeException HttpOperationFailedException failure)
            throws HttpOperationFailedException {
        boolean older = failure.getStatusCode() == 404 && sync.mdm().tokenPath().equals(VERSIONED);
        String tenant = sync.mdm().tenant().toString();
        if (older && olderServers.add(tenant) && tried == null) {
            return;
        }
        if (older) {
            olderServers.remove(tenant);
        }
        throw TokenAnswers.unquoted(failure);
    }

    private boolean isOlder(MdmSettings mdm) {
        return mdm.tokenPath().equals(VERSIONED)
                && olderServers.contains(mdm.tenant().toString());
    }
}
