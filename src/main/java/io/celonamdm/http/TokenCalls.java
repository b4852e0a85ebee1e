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
 * Puts the access token on each call to an MDM. A token may expire at any time; as a route configuration's {@code
 * onExceptionOccurredRef}, this class sees each call refused with 401 and repeats it once.
 */
public abstract class TokenCalls implements Processor {
    private static final String AUTHORIZATION = "Authorization";
    private static final String REFUSED = "tokenRefused";
    private static final String REPEAT = "tokenRepeat";
    private static final String SYNC = "sync";
    /** What a token request takes from the exchange that needs the token. */
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

    /** Names the client whose token the call uses. */
    protected abstract Client clientOf(Exchange exchange);

    /**
     * Sets the authorization on the message.
     *
     * @throws Exception if no token is available: the failure of the token request, unchanged
     */
    public void authorize(Exchange exchange) throws Exception {
        String authorization;
        try {
            authorization = tokens.authorization(clientOf(exchange), () -> issue(exchange));
        } catch (RuntimeCamelException e) {
            // unwrapped: Camel records an earlier 401 on it, which would look like the cause of a wrapper
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
        exchange.getMessage().setHeader(AUTHORIZATION, authorization);
        exchange.setProperty(CALL, call(exchange));
    }

    /**
     * Drops the token of a refused call, and decides whether to repeat the call: once, and only if the call itself was
     * refused, not the token request. If the new token is refused as well, a firing retries the call later, because a
     * node may not know a fresh token yet. After a second refusal, the credentials are bad.
     *
     * <p>If the repeated call fails in another way, such as without an answer, Camel still asks here, and that failure
     * stands: the call may have been processed.
     */
    @Override
    public void process(Exchange exchange) {
        if (!Failures.isUnauthorized(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class))) {
            exchange.setProperty(REPEAT, false);
            exchange.removeProperty(REFUSED);
            return;
        }
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

    /** Records an answered call: its token is valid. */
    public void accepted(Exchange exchange) {
        exchange.removeProperty(REFUSED);
        tokens.accepted(asked(exchange));
    }

    private static String asked(Exchange exchange) {
        return String.valueOf(exchange.getProperty(CALL));
    }

    private static KnownFailure refusedTwice(Instant later) {
        return new KnownFailure(new Failure(
                Kind.TRANSIENT,
                ReasonCode.TOKEN_REFUSED,
                "an access token was refused twice within seconds of its issue; the call is retried later",
                later));
    }

    /** Identifies the call and the client, regardless of the device. */
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
     * A property that the call requires.
     *
     * @throws IllegalStateException if the exchange property is missing
     */
    protected static <T> T property(Exchange exchange, Class<T> type) {
        T value = exchange.getProperty(SYNC, type);
        if (value == null) {
            throw new IllegalStateException("a call to an MDM needs the exchange property \"" + SYNC + "\"");
        }
        return value;
    }
}
