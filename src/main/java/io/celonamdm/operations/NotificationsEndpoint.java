package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * The channels that deliver notices: {@code GET /actuator/notifications} and {@code POST …/notifications/{channel}}.
 */
@Component
@Endpoint(id = "notifications")
class NotificationsEndpoint {
    private static final String TEST = "test";

    private final ChannelViews channels;

    NotificationsEndpoint(ChannelViews channels) {
        this.channels = channels;
    }

    @ReadOperation
    List<ChannelView> all() {
        return channels.all();
    }

    @WriteOperation
    WebEndpointResponse<ChannelView> act(@Selector String channel, String action) {
        if (!action.equalsIgnoreCase(TEST)) {
            throw RequestRejected.invalid("the action is %s, not %s".formatted(TEST, action));
        }
        return new WebEndpointResponse<>(channels.test(channel), 202);
    }
}
