package io.celonamdm.operations.traces;

import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.VendorCalls;
import io.celonamdm.ledger.inventory.Pull;
import io.celonamdm.work.Work;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Creates a span for each call to a vendor that belongs to a run, named by the id of its step in the route files. A
 * nested call, such as a token request, is its child. Calls between the nights belong to no run and have no span.
 */
@Component
@TracesSwitchedOn
class CallSpans implements InterceptStrategy {
    private final Tracer tracer;
    private final RunSpans runs;
    private final Failures failures;

    CallSpans(Tracer tracer, RunSpans runs, Failures failures) {
        this.tracer = tracer;
        this.runs = runs;
        this.failures = failures;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return VendorCalls.isCall(definition) ? new Traced(target, definition.getId()) : target;
    }

    private final class Traced extends DelegateAsyncProcessor {
        private final String call;

        Traced(Processor target, String call) {
            super(target);
            this.call = call;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Context parent = parent(exchange).orElse(null);
            if (parent == null) {
                return super.process(exchange, callback);
            }
            Span span = span(exchange, parent);
            Object outer = exchange.getProperty(VendorCalls.UNDER_WAY);
            // on the exchange and not on the thread, which may do other work before the call ends
            exchange.setProperty(VendorCalls.UNDER_WAY, parent.with(span));
            return super.process(exchange, doneSync -> {
                exchange.setProperty(VendorCalls.UNDER_WAY, outer);
                end(span, exchange);
                callback.done(doneSync);
            });
        }

        private Span span(Exchange exchange, Context parent) {
            SpanBuilder span = tracer.spanBuilder(call).setParent(parent).setSpanKind(SpanKind.CLIENT);
            Work work = exchange.getProperty("work", Work.class);
            if (work != null) {
                span.setAttribute(SpanAttributes.SYNC, work.sync().name().value())
                        .setAttribute(SpanAttributes.STEP, work.kind().name())
                        .setAttribute(
                                SpanAttributes.DEVICES, (long) work.devices().size());
            }
            return span.startSpan();
        }
    }

    private Optional<Context> parent(Exchange exchange) {
        Context outer = exchange.getProperty(VendorCalls.UNDER_WAY, Context.class);
        if (outer != null) {
            return Optional.of(outer);
        }
        Long run = runOf(exchange);
        return run == null ? Optional.empty() : runs.of(run);
    }

    private static @Nullable Long runOf(Exchange exchange) {
        Work work = exchange.getProperty("work", Work.class);
        if (work != null) {
            return work.run();
        }
        Pull pull = exchange.getProperty("pull", Pull.class);
        return pull == null ? null : pull.run().id();
    }

    private void end(Span span, Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Exception exception = exchange.getException();
        if (exception != null) {
            // a failure's text may be the vendor's, with numbers of devices
            Failure failure = failures.of(exception);
            span.setStatus(StatusCode.ERROR, failure.code().name())
                    .setAttribute(SpanAttributes.CODE, failure.code().name())
                    .setAttribute(SpanAttributes.OUTCOME, failure.kind().name().toLowerCase(Locale.ROOT));
            HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
            status = http == null ? null : http.getStatusCode();
        }
        if (status != null) {
            span.setAttribute(SpanAttributes.STATUS, (long) status);
        }
        span.end();
    }
}
