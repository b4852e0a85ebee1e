package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Answers a rejected request of any endpoint with its status, and the reason as {@code error}. A request of the
 * connector's own endpoints is rejected if it names a parameter that they do not have: without a misspelt {@code code},
 * a redrive would be one of all dead letters.
 */
@Component
class RejectedRequests implements OperationInvokerAdvisor {
    private final Set<EndpointId> own;

    RejectedRequests(ListableBeanFactory beans) {
        own = Stream.of(beans.getBeanNamesForAnnotation(Endpoint.class))
                .filter(name -> isOwn(beans.getType(name)))
                .flatMap(name -> Stream.ofNullable(beans.findAnnotationOnBean(name, Endpoint.class)))
                .map(endpoint -> EndpointId.of(endpoint.id()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> {
            try {
                if (own.contains(endpoint)) {
                    check(context.getArguments().keySet(), parameters);
                }
                return invoker.invoke(context);
            } catch (RequestRejected e) {
                return new WebEndpointResponse<>(Map.of("error", e.text()), e.status());
            }
        };
    }

    private static boolean isOwn(@Nullable Class<?> type) {
        return type != null && type.getPackage().equals(RejectedRequests.class.getPackage());
    }

    private static void check(Set<String> given, OperationParameters parameters) {
        List<String> known =
                parameters.stream().map(OperationParameter::getName).sorted().toList();
        List<String> unknown =
                given.stream().filter(name -> !known.contains(name)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw RequestRejected.invalid("nothing was done: there is no parameter %s; there are %s"
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
    }
}
