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
 * client share one. At most one request for a token is under way per client.
 */
@Component
public class AccessTokens {
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofSeconds(30);
    /** After so long, a token that is refused at once is news again. */
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
     * The value of the header {@code Authorization} for a client; asks the issuer if there is no good token. Whoever needs
     * one while it is asked shares its answer, or its failure; no other client waits for it.
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
            // whatever else has happened: nobody waits for it any more
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
     * A token was refused that had been issued a moment before: perhaps by a node that does not know it yet.
     *
     * @param call which call of which client
     * @return when the call is worth another try; null if that was tried, and it was refused again
     */
    @Nullable
    Instant knownLater(String call) {
        Instant now = clock.instant();
        Instant first = Objects.requireNonNull(
                refused.merge(call, now, (before, again) -> again.isAfter(before.plus(FORGOTTEN)) ? again : before));
        // several may be under way at that moment
        Instant later = first.plus(LATER);
        return now.isBefore(later) ? later : null;
    }

    /** The call has gone well. */
    void accepted(String call) {
        refused.remove(call);
    }

    /** Drops a token that the vendor no longer takes. A newer one stays. */
    public void forget(Client client, String authorization) {
        tokens.computeIfPresent(client, (key, known) -> known.header.equals(authorization) ? null : known);
    }

    /** A client whose secret was changed calls with the new one from here on. */
    @EventListener
    void changed(SettingsChanged settings) {
        if (settings.changes().stream().anyMatch(SettingChange::secret)) {
            tokens.clear();
        }
    }

    private Token token(Map<?, ?> answer) {
        if (!(answer.get("access_token") instanceof String token) || token.isBlank()) {
            throw NotJson.ofTokenCall("application/json");
        }
        Duration life = answer.get("expires_in") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : Duration.ofMinutes(1);
        // Jamf's tokens may live for a minute only, so the margin is relative to their life
        Duration margin = life.dividedBy(5);
        Duration safe = margin.compareTo(LONGEST_MARGIN) > 0 ? LONGEST_MARGIN : margin;
        KnownSecrets.issued(token);
        return new Token("Bearer " + token, clock.instant().plus(life).minus(safe));
    }
}
