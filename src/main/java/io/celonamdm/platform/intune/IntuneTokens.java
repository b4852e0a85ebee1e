package io.celonamdm.platform.intune;

import io.celonamdm.http.AccessTokens;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.http.TokenCalls;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.sync.Sync;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Access tokens for calls to Microsoft Graph. */
@Component
public class IntuneTokens extends TokenCalls {
    IntuneTokens(AccessTokens tokens, ProducerTemplate camel) {
        super(tokens, camel, "direct:graph-token");
    }

    /** Identifies the caller, and the call by an id for Microsoft's support. */
    @Override
    public void authorize(Exchange exchange) throws Exception {
        super.authorize(exchange);
        exchange.getMessage().setHeader("client-request-id", UUID.randomUUID().toString());
    }

    @Override
    protected Client clientOf(Exchange exchange) {
        MdmSettings mdm = property(exchange, Sync.class).mdm();
        return new Client(mdm.loginUrl() + "/" + mdm.tenantId() + " for " + mdm.graphUrl(), mdm.clientId());
    }
}
