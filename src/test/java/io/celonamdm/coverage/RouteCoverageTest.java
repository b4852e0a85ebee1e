package io.celonamdm.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what ran and what did not, in contexts that stop and in one that never does. */
class RouteCoverageTest {
    private static final String ROUTES = """
            - routeConfiguration:
                id: errors
                onException:
                  - onException:
                      exception: [ java.lang.IllegalStateException ]
                      handled: { constant: true }
                      steps:
                        - log: { id: example-in-error, message: "failed" }
            - routeTemplate:
                id: example
                parameters: [ { name: uri } ]
                route:
                  routeConfigurationId: errors
                  from:
                    uri: "{{uri}}"
                    steps:
                      - filter:
                          simple: ${body} == 'yes'
                          steps:
                            - toD: { id: example-in-filter, uri: "log:${body}" }
                      - to: { id: example-at-end, uri: "log:end" }
                      - filter:
                          simple: ${body} == 'fail'
                          steps:
                            - throwException: { exceptionType: java.lang.IllegalStateException, message: "no" }
            """;

    @TempDir
    private Path folder;

    private RouteCoverage coverage = new RouteCoverage();

    @BeforeEach
    void start() {
        coverage = new RouteCoverage(Optional.of(folder));
        coverage.start();
    }

    @AfterEach
    void stop() {
        coverage.close();
    }

    @Test
    void tellsWhatRanInAContextThatStopped() throws Exception {
        sentTo("no").stop();
        coverage.finish();

        assertThat(StepsThatRan.in(folder))
                .contains("example-at-end")
                .doesNotContain("example-in-filter", "example-in-error");
    }

    @Test
    void tellsWhatRanInAContextThatIsStillUp() throws Exception {
        CamelContext camel = sentTo("yes");
        coverage.finish();
        camel.stop();

        assertThat(StepsThatRan.in(folder))
                .contains("example-at-end", "example-in-filter")
                .doesNotContain("example-in-error");
    }

    @Test
    void addsContextsUp() throws Exception {
        sentTo("yes").stop();
        sentTo("fail").stop();
        coverage.finish();

        assertThat(StepsThatRan.in(folder)).contains("example-at-end", "example-in-filter", "example-in-error");
    }

    private static CamelContext sentTo(String body) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("example.camel.yaml", ROUTES));
        TemplatedRouteBuilder.builder(camel, "example")
                .parameter("uri", "direct:example")
                .routeId("stamped")
                .add();
        camel.start();
        camel.createProducerTemplate().sendBody("direct:example", body);
        return camel;
    }
}
