package io.celonamdm.platform.intune;

import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.settings.mdm.IntuneSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.springframework.stereotype.Component;

/** This connector as an application of Microsoft Entra (OAuth 2.0 client credentials). */
@Component
public class IntuneClient {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Clock clock;

    IntuneClient(Clock clock) {
        this.clock = clock;
    }

    /** The token path of the tenant, below the login address. */
    public String tokenPath(@ExchangeProperty("sync") Sync sync) {
        return "/" + Graph.encoded(sync.mdm().tenantId()) + "/oauth2/v2.0/token";
    }

    /**
     * The form with the configured credential: secret, certificate, or a token of another issuer.
     *
     * @throws IllegalStateException if its file is unreadable; the message names the setting
     */
    public HttpEntity credentials(@ExchangeProperty("sync") Sync sync) {
        MdmSettings mdm = sync.mdm();
        List<NameValuePair> form = new ArrayList<>();
        form.add(new BasicNameValuePair("grant_type", "client_credentials"));
        form.add(new BasicNameValuePair("client_id", mdm.clientId()));
        // a token is valid for one cloud's Graph only
        form.add(new BasicNameValuePair("scope", mdm.graphUrl() + "/.default"));
        if (mdm.clientSecret().isBlank()) {
            form.add(new BasicNameValuePair("client_assertion_type", ASSERTION_TYPE));
            form.add(new BasicNameValuePair("client_assertion", assertion(sync)));
        } else {
            form.add(new BasicNameValuePair("client_secret", mdm.clientSecret()));
        }
        return new UrlEncodedFormEntity(form, StandardCharsets.UTF_8);
    }

    private String assertion(Sync sync) {
        MdmSettings mdm = sync.mdm();
        IntuneSettings intune = mdm.intune();
        if (intune.certificateFile().isBlank()) {
            return federated(sync, Path.of(intune.tokenFile()));
        }
        String audience = mdm.loginUrl() + tokenPath(sync);
        return Certificate.read(sync.name().value(), intune).assertion(mdm.clientId(), audience, clock.instant());
    }

    /** Read each time, because the file's issuer replaces it before its token expires. */
    private static String federated(Sync sync, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "connector.syncs.%s.mdm.intune.token-file %s cannot be read".formatted(sync.name(), file), e);
        }
    }
}
