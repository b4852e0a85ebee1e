package io.celonamdm.operations.traces;

import io.celonamdm.ledger.Run;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Generates the ids of spans. Those of a run are derived from the run, so that all processes that take part in it add
 * to one trace; all others are random.
 */
final class RunSpanIds implements IdGenerator {
    private static final ThreadLocal<@Nullable SpanContext> GIVEN = new ThreadLocal<>();

    private final IdGenerator random = IdGenerator.random();

    /** The span of a run, recorded or not. */
    static SpanContext of(Run run) {
        String what = "%s\n%d\n%s".formatted(run.sync(), run.id(), run.openedAt());
        ByteBuffer digest = ByteBuffer.wrap(sha256(what));
        // an id of only zeros is invalid
        String trace = TraceId.fromLongs(digest.getLong(), digest.getLong() | 1);
        String span = SpanId.fromLong(digest.getLong() | 1);
        return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** Runs an action that starts exactly one span, which becomes the run's. */
    <T> T givenTo(Run run, Supplier<T> start) {
        GIVEN.set(of(run));
        try {
            return start.get();
        } finally {
            GIVEN.remove();
        }
    }

    @Override
    public String generateTraceId() {
        SpanContext run = GIVEN.get();
        return run == null ? random.generateTraceId() : run.getTraceId();
    }

    @Override
    public String generateSpanId() {
        SpanContext run = GIVEN.get();
        return run == null ? random.generateSpanId() : run.getSpanId();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
