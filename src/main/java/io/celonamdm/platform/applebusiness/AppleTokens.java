package io.celonamdm.platform.applebusiness;

import io.celonamdm.http.AccessTokens;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.http.TokenCalls;
import io.celonamdm.settings.mdm.AppleBusinessSettings;
import io.celonamdm.sync.Sync;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Access tokens for calls to Apple's API, which live for an hour. */
@Component
public class AppleTokens extends TokenCalls {
    AppleTokens(AccessTokens tokens, ProducerTemplate camel) {
        super(tokens, camel, "direct:apple-token");
    }

    @Override
    protected Client clientOf(Exchange exchange) {
        AppleBusinessSettings apple = property(exchange, Sync.class).mdm().appleBusiness();
        return new Client(apple.tokenUrl() + " for " + apple.scope(), apple.clientId() + " with " + apple.keyId());
    }
}
