package io.celonamdm.http;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.http.Proxies.NamedProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.camel.util.IOHelper;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, from before its connection to the last byte of its answer. It knows whether its request may have left, so
 * it classifies its own failure. It ends at its deadline, however slowly the answer arrives.
 */
final class OutgoingCall {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingCall.class);
    private static final String CHARSET = "charset=";

    /** Statuses of a proxy whose rules or users block the call; any other is transient. */
    private static final Set<Integer> FORBIDDEN_BY_PROXY = Set.of(401, 403, 407);

    private final @Nullable NamedProxy proxy;
    private final String host;
    private final @Nullable SyncName sync;
    private final CallLimits limits;
    private final Cancellable request;
    private final Clock clock;
    private final Consumer<OutgoingCall> afterwards;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile boolean mayHaveLeft;
    private volatile @Nullable String stopped;

    OutgoingCall(
            HttpHost target,
            @Nullable NamedProxy proxy,
            @Nullable SyncName sync,
            CallLimits limits,
            Cancellable request,
            Consumer<OutgoingCall> afterwards,
            Clock clock) {
        this.proxy = proxy;
        this.host = target.getHostName();
        this.sync = sync;
        this.limits = limits;
        this.request = request;
        this.clock = clock;
        this.afterwards = afterwards;
        // the timer ends with the call
        CompletableFuture<?> unused = ended.copy()
                .orTimeout(limits.time().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyAsync(late -> {
                    stop("%s did not answer in full within %s (%s)"
                            .formatted(host, text(limits.time()), limits.timeSetting()));
                    return null;
                });
    }

    /** Whether the call belongs to a firing of the sync. */
    boolean isOf(SyncName name) {
        return name.equals(sync);
    }

    /** Records that the request may reach the vendor from now on. */
    void mayHaveLeft() {
        mayHaveLeft = true;
    }

    /** Gives the call up at any stage. */
    void stop(String why) {
        if (stopped == null) {
            stopped = why;
        }
        request.cancel();
        end();
    }

    /** Closes the connection without reading the rest of the answer. */
    void abort() {
        request.cancel();
    }

    void end() {
        if (ended.complete(null)) {
            afterwards.accept(this);
        }
    }

    /** The meaning of the exception that ended the call. */
    KnownFailure failed(Exception cause) {
        String why = stopped;
        // a stopped call must not be repeated on the spot
        Instant again = why == null ? null : clock.instant();
        String words = why == null
                ? "%s: %s: %s%s".formatted(host, cause.getClass().getSimpleName(), cause.getMessage(), through())
                : why;
        return ended(
                mayHaveLeft
                        ? new KnownFailure(new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREACHABLE, words, again))
                        : new NotSent(
                                why == null ? obstacle(cause) : Obstacle.OURSELVES,
                                new Failure(Kind.TRANSIENT, ReasonCode.UNREACHABLE, words, again)),
                cause);
    }

    /** What could not be reached may be the proxy, of which the message of the failure says no more than the address. */
    private String through() {
        return proxy == null || mayHaveLeft ? "" : ", through the proxy " + proxy;
    }

    /** Limits the answer that now begins. */
    void answered(ClassicHttpResponse response) throws IOException {
        if (!mayHaveLeft) {
            throw refusedByProxy(response);
        }
        withoutUnknownCharset(response);
        HttpEntity answer = response.getEntity();
        if (answer == null) {
            end();
            return;
        }
        if (answer.getContentLength() > mostBytes()) {
            throw tooLarge();
        }
        InputStream body = new AnswerBody(answer, this);
        response.setEntity(new HttpEntityWrapper(answer) {
            @Override
            public InputStream getContent() {
                return body;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                body.transferTo(out);
            }

            @Override
            public void close() throws IOException {
                body.close();
            }
        });
    }

    /** Drops a charset that Java does not know: with it, Camel could not read a refusal, whose status says what to do. */
    private static void withoutUnknownCharset(ClassicHttpResponse response) {
        Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        String value = type == null ? null : type.getValue();
        // to the end, as Camel does
        int charset = value == null ? -1 : value.indexOf(CHARSET);
        if (value != null
                && charset >= 0
                && !isKnown(IOHelper.normalizeCharset(value.substring(charset + CHARSET.length())))) {
            response.setHeader(HttpHeaders.CONTENT_TYPE, value.replaceFirst("(?s)\\s*;.*", ""));
        }
    }

    private static boolean isKnown(@Nullable String charset) {
        try {
            return charset != null && Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the answer came from a proxy to CONNECT, although the client takes it for the vendor's. */
    private KnownFailure refusedByProxy(ClassicHttpResponse response) {
        String words = "the proxy %s would not connect to %s: status %d".formatted(proxy, host, response.getCode());
        boolean forbidden = FORBIDDEN_BY_PROXY.contains(response.getCode());
        Failure failure = forbidden
                ? new Failure(Kind.CONFIGURATION, ReasonCode.PROXY_REFUSED, words, null)
                : new Failure(Kind.TRANSIENT, ReasonCode.UNREACHABLE, words, null);
        return ended(new NotSent(Obstacle.PROXY, failure), null);
    }

    long mostBytes() {
        return limits.size().toBytes();
    }

    KnownFailure tooLarge() {
        String words = "the answer of %s is larger than %d bytes (%s), and was not read completely"
                .formatted(host, limits.size().toBytes(), limits.sizeSetting());
        return ended(
                new KnownFailure(
                        new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREADABLE_ANSWER, words, clock.instant())),
                null);
    }

    private KnownFailure ended(KnownFailure failure, @Nullable Exception cause) {
        // neither a cause nor suppressed: Camel would hand over that one instead of the classified failure
        LOG.debug("a call to {} failed", host, cause);
        // the connection is useless now, and closing its stream would read the rest of the answer
        request.cancel();
        end();
        return failure;
    }

    private static Obstacle obstacle(Exception cause) {
        return cause instanceof UnknownHostException
                ? Obstacle.NAME
                : cause instanceof SSLException ? Obstacle.TLS : Obstacle.CONNECTION;
    }

    private static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
