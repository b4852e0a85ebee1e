package io.celonamdm.firing;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.KnownFailure;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes that repeat themselves for ever, each with the advice of the guide for platforms of one's own: remove all headers. */
@Timeout(60)
class RepetitionsTests {
    private static final int TURNS = 50;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange run(RouteBuilder routes) throws Exception {
        camel.getCamelContextExtension().addInterceptStrategy(new Repetitions(Clock.systemUTC(), TURNS));
        camel.addRoutes(routes);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fails")
                        .errorHandler(noErrorHandler())
                        .removeHeaders("*")
                        .setHeader("CamelHttpMethod", constant("GET"))
                        .process(exchange -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("status 503");
                        });
            }
        });
        camel.start();
        return camel.createProducerTemplate().send("direct:start", exchange -> {});
    }

    @Test
    void aStepThatRemovesItsHeadersIsRedeliveredAsOftenAsItsPolicySays() throws Exception {
        Exchange answer = run(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(1);
                from("direct:start").to("direct:fails");
            }
        });

        assertThat(answer.getException()).hasMessage("status 503");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aStepTwoRoutesDeepCountsAsWell() throws Exception {
        Exchange answer = run(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(1);
                from("direct:start").setHeader("a", constant("b")).to("direct:outer");
                from("direct:outer")
                        .errorHandler(noErrorHandler())
                        .removeHeaders("*")
                        .to("direct:fails");
            }
        });

        assertThat(answer.getException()).hasMessage("status 503");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aRepetitionWithoutAnEndHasOne() throws Exception {
        Exchange answer = run(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).retryWhile(constant(true)).redeliveryDelay(0);
                from("direct:start").to("direct:fails");
            }
        });

        assertThat(answer.getException()).hasMessage("status 503");
        assertThat(calls).hasValue(Repetitions.REDELIVERIES + 1);
    }

    @Test
    void aLoopWithoutAnEndHasOne() throws Exception {
        assertEndless(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .routeId("start")
                        .loopDoWhile(constant(true))
                        .removeHeaders("*")
                        .removeProperties("*")
                        .process(exchange -> calls.incrementAndGet())
                        .end();
            }
        }));
        assertThat(calls).hasValue(TURNS);
    }

    @Test
    void aLoopInALoopHasAnEndOfItsOwn() throws Exception {
        assertEndless(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .routeId("start")
                        .loop(TURNS - 1)
                        .to("direct:inner")
                        .end()
                        .loopDoWhile(constant(true))
                        .to("direct:inner")
                        .end();
                from("direct:inner").loop(2).process(exchange -> calls.incrementAndGet());
            }
        }));
        assertThat(calls).hasValue(2 * (2 * TURNS - 1));
    }

    private static void assertEndless(Exchange answer) {
        assertThat(answer.getException()).isInstanceOf(KnownFailure.class).hasMessageContaining("route start");
        KnownFailure failure = (KnownFailure) Objects.requireNonNull(answer.getException());
        assertThat(failure.failure().code()).isEqualTo(ReasonCode.REPEATED_TOO_OFTEN);
    }
}
