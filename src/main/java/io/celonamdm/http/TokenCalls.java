package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.AccessTokens.Client;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.json.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;

/**
 * The access token on each call to an MDM. A token may expire in the middle of anything; as a route configuration's
 * {@code onExceptionOccurredRef}, this sees each call that was refused with 401, and has it repeated once.
 */
public abstract class TokenCalls implements Processor {
    private static final String AUTHORIZATION = "Authorization";
    private static final String REFUSED = "tokenRefused";
    private static final String REPEAT = "tokenRepeat";
    private static final String SYNC = "sync";
    /** What a call for a token has of the exchange that needs one. */
    private static final List<String> HANDED_ON = List.of(SYNC, VendorCalls.UNDER_WAY);

    private static final String CALL = "tokenCall";
    private static final Pattern NUMBERED = Pattern.compile("/[^/]*[0-9][^/]*");

    private final AccessTokens tokens;
    private final ProducerTemplate camel;
    private final String tokenRoute;

    /** @param tokenRoute the endpoint that makes a call for a token, for the exchange property {@code sync} */
    protected TokenCalls(AccessTokens tokens, ProducerTemplate camel, String tokenRoute) {
        this.tokens = tokens;
        this.camel = camel;
        this.tokenRoute = tokenRoute;
    }

    /** Whose token the call takes. */
    protected abstract Client clientOf(Exchange exchange);

    /**
     * Says on the message who calls.
     *
     * @throws Exception if there is no token to be had: the failure of the call for it, as it is
     */
    public void authorize(Exchange exchange) throws Exception {
        String authorization;
        try {
            authorization = tokens.authorization(clientOf(exchange), () -> issue(exchange));
        } catch (RuntimeCamelException e) {
            // unwrapped: Camel notes an earlier 401 on it, which would be taken for the cause of a wrapper
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
        exchange.getMessage().setHeader(AUTHORIZATION, authorization);
        exchange.setProperty(CALL, call(exchange));
    }

    /**
     * Forgets the token of a call that was refused, and decides whether the call is repeated: once, and only if it was
     * this call that was refused and not the one for its token. If the new token is refused as well, a firing makes the
     * call once more later, since a node may not know a fresh token yet; a second time, the credentials are bad.
     */
    @Override
    public void process(Exchange exchange) {
        String authorization = exchange.getMessage().getHeader(AUTHORIZATION, String.class);
        boolean first = exchange.getProperty(REFUSED) == null;
        exchange.setProperty(REPEAT, authorization != null && first);
        if (authorization != null) {
            tokens.forget(clientOf(exchange), authorization);
            exchange.setProperty(REFUSED, true);
            Instant later = first || exchange.getProperty("firing") == null ? null : tokens.knownLater(asked(exchange));
            if (later != null) {
                exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, refusedTwice(later));
            }
        }
    }

    /** A call was answered: its token is good. */
    public void accepted(Exchange exchange) {
        exchange.removeProperty(REFUSED);
        tokens.accepted(asked(exchange));
    }

    private static String asked(Exchange exchange) {
        return String.valueOf(exchange.getProperty(CALL));
    }

    private static KnownFailure refusedTwice(Instant later) {
        return new KnownFailure(new Failure(
                Kind.PASSING,
                ReasonCode.TOKEN_REFUSED,
                "an access token was refused twice within seconds of its issue; the call is made once more later",
                later));
    }

    /** Which call of which client it is, whatever device it is about. */
    private String call(Exchange exchange) {
        String path = String.valueOf(exchange.getMessage().getHeader(Exchange.HTTP_PATH));
        return clientOf(exchange) + NUMBERED.matcher(path).replaceAll("/*");
    }

    private Map<?, ?> issue(Exchange exchange) {
        Exchange answer = camel.send(
                tokenRoute, call -> HANDED_ON.forEach(name -> call.setProperty(name, exchange.getProperty(name))));
        if (answer.getException() != null) {
            throw RuntimeCamelException.wrapRuntimeCamelException(answer.getException());
        }
        return Fields.mapOf(answer.getMessage().getBody());
    }

    /**
     * What a call needs to be made.
     *
     * @throws IllegalStateException if the exchange property is not there
     */
    protected static <T> T property(Exchange exchange, Class<T> type) {
        T value = exchange.getProperty(SYNC, type);
        if (value == null) {
            throw new IllegalStateException("a call to an MDM needs the exchange property \"" + SYNC + "\"");
        }
        return value;
    }
}
