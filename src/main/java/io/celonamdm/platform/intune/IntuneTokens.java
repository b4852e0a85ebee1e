package io.celonamdm.platform.intune;

import io.celonamdm.http.AccessTokens;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.json.Fields;
import io.celonamdm.settings.MdmSettings;
import io.celonamdm.sync.Sync;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Access tokens for calls to Microsoft Graph; as the route configuration's processor, this sees each call refused. */
@Component
public class IntuneTokens implements Processor {
    private static final String AUTHORIZATION = "Authorization";
    private static final String REFUSED = "graphRefused";
    private static final String REPEAT = "graphRepeat";

    private final AccessTokens tokens;
    private final ProducerTemplate camel;

    IntuneTokens(AccessTokens tokens, ProducerTemplate camel) {
        this.tokens = tokens;
        this.camel = camel;
    }

    /**
     * Says on the message who calls, and under which id Microsoft's support finds the call.
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
        exchange.getMessage().setHeader("client-request-id", UUID.randomUUID().toString());
    }

    /** Forgets the token of a call that was refused; the call is repeated once, unless it was the one for a token. */
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
        Exchange answer = camel.send("direct:graph-token", call -> call.setProperty("sync", sync));
        if (answer.getException() != null) {
            throw RuntimeCamelException.wrapRuntimeCamelException(answer.getException());
        }
        return Fields.mapOf(answer.getMessage().getBody());
    }

    private static Client clientOf(Sync sync) {
        MdmSettings mdm = sync.mdm();
        return new Client(mdm.loginUrl() + "/" + mdm.tenantId() + " for " + mdm.graphUrl(), mdm.clientId());
    }

    private static Sync syncOf(Exchange exchange) {
        @Nullable Sync sync = exchange.getProperty("sync", Sync.class);
        if (sync == null) {
            throw new IllegalStateException("a call to Microsoft Graph needs the exchange property \"sync\"");
        }
        return sync;
    }
}
