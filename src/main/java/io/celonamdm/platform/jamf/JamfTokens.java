package io.celonamdm.platform.jamf;

import io.celonamdm.http.AccessTokens;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.json.Fields;
import io.celonamdm.settings.MdmSettings;
import io.celonamdm.sync.Sync;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Access tokens for calls to Jamf Pro. Tokens live for about a minute, so that one may expire in the middle of anything
 * (Jamf, "Client Credentials"); as the route configuration's processor, this sees each call that was refused.
 */
@Component
public class JamfTokens implements Processor {
    private static final String AUTHORIZATION = "Authorization";
    private static final String REFUSED = "jamfRefused";
    private static final String REPEAT = "jamfRepeat";

    private final AccessTokens tokens;
    private final JamfClient client;
    private final ProducerTemplate camel;

    JamfTokens(AccessTokens tokens, JamfClient client, ProducerTemplate camel) {
        this.tokens = tokens;
        this.client = client;
        this.camel = camel;
    }

    /**
     * Says on the message who calls.
     *
     * @throws Exception if there is no token to be had: the failure of the call for it, as it is
     */
    public void authorize(Exchange exchange) throws Exception {
        Sync sync = syncOf(exchange);
        String authorization;
        try {
            authorization = tokens.authorization(clientOf(sync), () -> issue(sync));
        } catch (RuntimeCamelException e) {
            // unwrapped: Camel notes an earlier 401 on it, which would be taken for the cause of a wrapper
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
        exchange.getMessage().setHeader(AUTHORIZATION, authorization);
        exchange.getMessage().setHeader("User-Agent", client.userAgent());
    }

    /**
     * Forgets the token of a call that was refused, and decides whether the call is repeated: once, and only if it was
     * this call that was refused and not the one for its token.
     */
    @Override
    public void process(Exchange exchange) {
        String authorization = exchange.getMessage().getHeader(AUTHORIZATION, String.class);
        boolean first = exchange.getProperty(REFUSED) == null;
        exchange.setProperty(REPEAT, authorization != null && first);
        if (authorization != null) {
            tokens.forget(clientOf(syncOf(exchange)), authorization);
            exchange.setProperty(REFUSED, true);
        }
    }

    private Map<?, ?> issue(Sync sync) {
        Exchange answer = camel.send("direct:jamf-token", call -> call.setProperty("sync", sync));
        if (answer.getException() != null) {
            throw RuntimeCamelException.wrapRuntimeCamelException(answer.getException());
        }
        return Fields.mapOf(answer.getMessage().getBody());
    }

    private static Client clientOf(Sync sync) {
        MdmSettings mdm = sync.mdm();
        return new Client(mdm.tenant() + mdm.tokenPath(), mdm.clientId());
    }

    private static Sync syncOf(Exchange exchange) {
        @Nullable Sync sync = exchange.getProperty("sync", Sync.class);
        if (sync == null) {
            throw new IllegalStateException("a call to Jamf Pro needs the exchange property \"sync\"");
        }
        return sync;
    }
}
