package io.celonamdm.firing;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.KnownFailure;
import java.time.Clock;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Ends endless repetition in every route, including an operator's own. Camel counts redeliveries in a header, which is
 * lost when a step removes all headers; it is restored when such a step fails. Camel counts the turns of a loop where
 * no route can change them; too many of them fail.
 */
@Component
class Repetitions implements InterceptStrategy {
    /** No redelivery policy repeats a step more often than this. */
    static final int REDELIVERIES = 20;

    /** A loop with more turns is endless: at one page each, it would be an inventory of many millions of devices. */
    static final int TURNS = 100_000;

    private final Clock clock;
    private final int turns;

    @Autowired
    Repetitions(Clock clock) {
        this(clock, TURNS);
    }

    Repetitions(Clock clock, int turns) {
        this.clock = clock;
        this.turns = turns;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        boolean beginsTurn = definition.getParent() instanceof LoopDefinition loop
                && loop.getOutputs().get(0) == definition;
        Processor counted = new Redelivered(target);
        return beginsTurn ? new Turn(counted, definition) : counted;
    }

    /** A step that may be redelivered; keeps the count. */
    private static final class Redelivered extends DelegateAsyncProcessor {
        Redelivered(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Integer number = exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
            return number == null
                    ? super.process(exchange, callback)
                    : super.process(exchange, doneSync -> {
                        if (exchange.getException() != null) {
                            keep(exchange, number);
                        }
                        callback.done(doneSync);
                    });
        }

        private static void keep(Exchange exchange, int number) {
            Integer left = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
            if (left == null || left < number) {
                exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, number);
            }
            if (number >= REDELIVERIES) {
                exchange.getExchangeExtension().setRedeliveryExhausted(true);
            }
        }
    }

    /** The first step of a loop. */
    private final class Turn extends DelegateAsyncProcessor {
        private final NamedNode step;

        Turn(Processor target, NamedNode step) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Integer number = exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class);
            if (number == null || number < turns) {
                return super.process(exchange, callback);
            }
            exchange.setException(endless());
            callback.done(true);
            return true;
        }

        private KnownFailure endless() {
            // with a time, so that it does not count as a hiccup to be retried at once
            return new KnownFailure(new Failure(
                    Kind.OUTCOME_UNKNOWN,
                    ReasonCode.REPEATED_TOO_OFTEN,
                    "a loop of the route %s came to its turn %d and was ended".formatted(routeOf(step), turns),
                    clock.instant()));
        }

        private static String routeOf(NamedNode step) {
            NamedNode node = step;
            while (node.getParent() != null) {
                node = node.getParent();
            }
            return node.getId();
        }
    }
}
