package io.celonamdm.platform.jamf;

import io.celonamdm.http.AccessTokens;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.http.TokenCalls;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.sync.Sync;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Access tokens for calls to Jamf Pro, which live for about a minute (Jamf, "Client Credentials"). */
@Component
public class JamfTokens extends TokenCalls {
    private final JamfClient client;

    JamfTokens(AccessTokens tokens, JamfClient client, ProducerTemplate camel) {
        super(tokens, camel, "direct:jamf-token");
        this.client = client;
    }

    /** Identifies the caller, also by name ("Application Header Best Practices"). */
    @Override
    public void authorize(Exchange exchange) throws Exception {
        super.authorize(exchange);
        exchange.getMessage().setHeader("User-Agent", client.userAgent());
    }

    @Override
    protected Client clientOf(Exchange exchange) {
        MdmSettings mdm = property(exchange, Sync.class).mdm();
        return new Client(mdm.tenant() + mdm.tokenPath(), mdm.clientId());
    }
}
