package io.celonamdm.http;

import com.fasterxml.jackson.core.JacksonException;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.text.Excerpt;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ExchangeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Classifies a failed call by the exception thrown, never by causes nested in other exceptions. */
@Component
public class Failures {
    private final Clock clock;
    private final List<FailureReader> readers;

    Failures(Clock clock, List<FailureReader> readers) {
        this.clock = clock;
        this.readers = List.copyOf(readers);
    }

    /** Whether to retry at once a call that only reads. */
    public boolean isHiccup(@ExchangeException Exception failure) {
        Failure meaning = of(failure);
        return meaning.again() == null && (meaning.kind() == Kind.TRANSIENT || meaning.kind() == Kind.OUTCOME_UNKNOWN);
    }

    /** Whether the call was refused because its access token is no longer valid. */
    public static boolean isUnauthorized(@ExchangeException @Nullable Exception failure) {
        HttpOperationFailedException http = failure == null ? null : find(failure, HttpOperationFailedException.class);
        return http != null && http.getStatusCode() == 401;
    }

    /** The meaning of the failure. */
    public Failure of(Throwable failure) {
        KnownFailure known = find(failure, KnownFailure.class);
        if (known != null) {
            return known.failure();
        }
        HttpOperationFailedException http = find(failure, HttpOperationFailedException.class);
        if (http != null) {
            return ofStatus(http);
        }
        Optional<Failure> read = readers.stream()
                .flatMap(reader -> reader.read(failure).stream())
                .findFirst();
        if (read.isPresent()) {
            return read.get();
        }
        if (find(failure, NotJson.class) != null
                || find(failure, UnreadableAnswer.class) != null
                || find(failure, JacksonException.class) != null) {
            return new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREADABLE_ANSWER, words(failure), null);
        }
        return new Failure(Kind.INTERNAL, ReasonCode.OTHER, words(failure), null);
    }

    private Failure ofStatus(HttpOperationFailedException failure) {
        int status = failure.getStatusCode();
        Instant again =
                RetryAfter.of(failure.getResponseHeaders(), clock.instant()).orElse(null);
        String reason =
                "status %d from %s: %s".formatted(status, hostOf(failure.getUri()), cut(failure.getResponseBody()));
        return switch (status) {
            case 401 -> new Failure(Kind.CONFIGURATION, ReasonCode.BAD_CREDENTIALS, reason, null);
            case 403 -> new Failure(Kind.CONFIGURATION, ReasonCode.FORBIDDEN, reason, null);
            case 407 -> new Failure(Kind.CONFIGURATION, ReasonCode.PROXY_REFUSED, reason, null);
            case 429 -> new Failure(Kind.TRANSIENT, ReasonCode.THROTTLED, reason, again);
            case 408 -> new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.VENDOR_ERROR, reason, again);
            default ->
                status >= 500
                        ? new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.VENDOR_ERROR, reason, again)
                        : status >= 400
                                ? new Failure(Kind.REFUSED, ReasonCode.OTHER, reason, null)
                                : new Failure(Kind.OUTCOME_UNKNOWN, ReasonCode.UNREADABLE_ANSWER, reason, null);
        };
    }

    /** The innermost cause in words. */
    public static String words(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getClass().getSimpleName() + ": " + cut(cause.getMessage());
    }

    private static String hostOf(@Nullable String uri) {
        return uri == null ? "the vendor" : uri.replaceAll("^[a-z]+://([^/?]+).*$", "$1");
    }

    private static String cut(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "(empty)";
        }
        return Excerpt.of(text, 500);
    }

    /** The first cause of a type. */
    public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        // suppressed exceptions do not count: Camel adds those of earlier attempts there
        for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
