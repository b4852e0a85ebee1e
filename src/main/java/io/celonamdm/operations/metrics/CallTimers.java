package io.celonamdm.operations.metrics;

import io.celonamdm.http.Failures;
import io.celonamdm.http.VendorCalls;
import io.celonamdm.sync.Sync;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Times each step of the route files that calls a vendor, and records successful ones. Such a step sends to an address,
 * and has an id.
 */
@Component
class CallTimers implements InterceptStrategy {
    private final MeterRegistry registry;
    private final Failures failures;
    private final LastGoodCalls goodCalls;

    CallTimers(MeterRegistry registry, Failures failures, LastGoodCalls goodCalls) {
        this.registry = registry;
        this.failures = failures;
        this.goodCalls = goodCalls;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return VendorCalls.isCall(definition)
                ? new Timed(target, definition.getId(), VendorCalls.address(definition))
                : target;
    }

    private final class Timed extends DelegateAsyncProcessor {
        private final String call;
        private final boolean toCelona;

        Timed(Processor target, String call, String address) {
            super(target);
            this.call = call;
            this.toCelona = address.contains("sync.celona.");
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Timer.Sample sample = Timer.start(registry);
            return super.process(exchange, doneSync -> {
                sample.stop(timer(exchange));
                note(exchange);
                callback.done(doneSync);
            });
        }

        private void note(Exchange exchange) {
            Sync sync = exchange.getProperty("sync", Sync.class);
            // a step may accept a refusal as an answer, and read from it what the vendor thinks of the caller
            Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            if (sync != null && exchange.getException() == null && (status == null || status < 400)) {
                goodCalls.note(sync, toCelona, call);
            }
        }

        private Timer timer(Exchange exchange) {
            Sync sync = exchange.getProperty("sync", Sync.class);
            return Timer.builder(Metric.CALLS.meter())
                    .description(Metric.CALLS.help())
                    .tags(Gauges.tags(
                            Metric.CALLS, sync == null ? "none" : sync.name().value(), call, outcome(exchange)))
                    .serviceLevelObjectives(
                            Duration.ofMillis(100),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(60))
                    .register(registry);
        }
    }

    private String outcome(Exchange exchange) {
        Exception failure = exchange.getException();
        return failure == null ? "answered" : failures.of(failure).kind().name().toLowerCase(Locale.ROOT);
    }
}
