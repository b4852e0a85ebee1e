package io.celonamdm.http;

import io.celonamdm.settings.source.SettingChange;
import io.celonamdm.settings.source.SettingsChanged;
import io.celonamdm.text.KnownSecrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Access tokens of OAuth 2.0 client credentials, kept until shortly before they expire. Tenants with the same host and
 * client share one. At most one token request per client is in progress.
 */
@Component
public class AccessTokens {
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(1);
    /** A day, in seconds. */
    private static final double LONGEST_LIFE = 86_400;

    private static final Duration LATER = Duration.ofSeconds(30);
    /** After this time, another refusal of a fresh token counts as new. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Clock clock;
    private final ConcurrentMap<Client, Token> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<Client, CompletableFuture<Token>> issuing = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Instant> refused = new ConcurrentHashMap<>();

    AccessTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whose token it is.
     *
     * @param address where tokens are issued
     * @param clientId the client's id
     */
    public record Client(String address, String clientId) {}

    /** Asks the vendor for a token. */
    @FunctionalInterface
    public interface Issuer {
        /** The vendor's answer: {@code access_token} and {@code expires_in} (seconds), RFC 6749 section 5.1. */
        Map<?, ?> issue();
    }

    private record Token(String header, Instant goodUntil) {}

    /**
     * The value of the header {@code Authorization} for a client; asks the issuer if there is no valid token.
     * Concurrent callers of the same client share the answer or the failure; other clients do not wait.
     */
    public String authorization(Client client, Issuer issuer) {
        Token known = tokens.get(client);
        if (known != null && clock.instant().isBefore(known.goodUntil)) {
            return known.header;
        }
        CompletableFuture<Token> own = new CompletableFuture<>();
        CompletableFuture<Token> other = issuing.putIfAbsent(client, own);
        return (other == null ? issued(client, issuer, own) : shared(other)).header;
    }

    private Token issued(Client client, Issuer issuer, CompletableFuture<Token> asked) {
        try {
            Token token = token(issuer.issue());
            tokens.put(client, token);
            asked.complete(token);
            return token;
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
            throw e;
        } finally {
            issuing.remove(client, asked);
            // in any case: nobody waits for it any longer
            asked.cancel(false);
        }
    }

    private static Token shared(CompletableFuture<Token> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /**
     * Records that a fresh token was refused, perhaps by a node that does not know it yet.
     *
     * @param call which call of which client
     * @return when to retry the call; null if the retry was refused too
     */
    @Nullable
    Instant knownLater(String call) {
        Instant now = clock.instant();
        Instant first = Objects.requireNonNull(
                refused.merge(call, now, (before, again) -> again.isAfter(before.plus(FORGOTTEN)) ? again : before));
        // several may be in progress at that moment
        Instant later = first.plus(LATER);
        return now.isBefore(later) ? later : null;
    }

    /** Records a successful call. */
    void accepted(String call) {
        refused.remove(call);
    }

    /** Drops a token that the vendor no longer accepts. Keeps a newer one. */
    public void forget(Client client, String authorization) {
        tokens.computeIfPresent(client, (key, known) -> known.header.equals(authorization) ? null : known);
    }

    /** Makes a client with a changed secret use the new one from now on. */
    @EventListener
    void changed(SettingsChanged settings) {
        if (settings.changes().stream().anyMatch(SettingChange::secret)) {
            tokens.clear();
        }
    }

    /** A lifetime that is none, or has passed, does for the call that needs the token. */
    private static Duration life(@Nullable Object expiresIn) {
        if (!(expiresIn instanceof Number seconds)) {
            return UNKNOWN_LIFE;
        }
        // by its double, because a whole number may be of any size
        return Duration.ofSeconds((long) Math.max(0, Math.min(seconds.doubleValue(), LONGEST_LIFE)));
    }

    private Token token(Map<?, ?> answer) {
        if (!(answer.get("access_token") instanceof String token) || token.isBlank()) {
            throw NotJson.ofTokenCall("application/json");
        }
        Duration life = life(answer.get("expires_in"));
        // Jamf's tokens may live only a minute, so the margin is relative to their lifetime
        Duration margin = life.dividedBy(5);
        Duration safe = margin.compareTo(LONGEST_MARGIN) > 0 ? LONGEST_MARGIN : margin;
        KnownSecrets.issued(token);
        return new Token("Bearer " + token, clock.instant().plus(life).minus(safe));
    }
}
