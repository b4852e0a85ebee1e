package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/** Answers a rejected request of any endpoint with its status, and the reason as {@code error}. */
@Component
class RejectedRequests implements OperationInvokerAdvisor {
    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> {
            try {
                return invoker.invoke(context);
            } catch (RequestRejected e) {
                return new WebEndpointResponse<>(Map.of("error", e.text()), e.status());
            }
        };
    }
}
