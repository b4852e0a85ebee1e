package io.celonamdm.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.reflect.OperationMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.info.InfoEndpoint;

/** A request that names what an endpoint does not know does nothing. */
class RejectedRequestsTests {
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private Map<String, Object> arguments = new HashMap<>(Map.of("sync", "warehouse"));

    RejectedRequestsTests() {
        beans.registerBeanDefinition("own", new RootBeanDefinition(DeadLettersEndpoint.class));
        beans.registerBeanDefinition("framework", new RootBeanDefinition(InfoEndpoint.class));
    }

    @ParameterizedTest
    @CsvSource({"act, cod", "act, Code", "act, codes", "act, eid", "act, limit", "list, cod", "list, eids"})
    void aParameterThatIsUnknownIsNamedWithThoseThatAreNot(String method, String name) {
        arguments.put("action", "redrive");
        arguments.put(name, "DG_NOT_FOUND");
        if ("list".equals(method)) {
            arguments.remove("action");
        }

        assertRejected(method, "there is no parameter " + name + "; there are ", "code, ");
    }

    @Test
    void allUnknownOnesAreNamed() {
        arguments.putAll(Map.of("action", "redrive", "eid", "x", "cod", "y"));

        assertRejected("act", "there is no parameter cod, eid; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "eids", "csv", "requestId", "address", "reason"})
    void aKnownOneIsPassedOn(String name) {
        arguments.putAll(Map.of("action", "redrive", name, "x"));

        assertThat(answer("deadletters", "act")).isEqualTo("done");
    }

    @Test
    void endpointsOfTheFrameworkAreLeftAlone() {
        arguments = Map.of("_", "1");

        assertThat(answer("info", "list")).isEqualTo("done");
    }

    private void assertRejected(String method, String... why) {
        assertThat(answer("deadletters", method)).isInstanceOfSatisfying(WebEndpointResponse.class, response -> {
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(String.valueOf(response.getBody()))
                    .contains("nothing was done: ")
                    .contains(why);
        });
    }

    private @Nullable Object answer(String endpoint, String method) {
        OperationType type = "list".equals(method) ? OperationType.READ : OperationType.WRITE;
        OperationMethod operation = new OperationMethod(
                Arrays.stream(DeadLettersEndpoint.class.getDeclaredMethods())
                        .filter(each -> each.getName().equals(method))
                        .findFirst()
                        .orElseThrow(),
                type);
        return new RejectedRequests(beans)
                .apply(EndpointId.of(endpoint), type, operation.getParameters(), context -> "done")
                .invoke(new InvocationContext(SecurityContext.NONE, arguments));
    }
}
