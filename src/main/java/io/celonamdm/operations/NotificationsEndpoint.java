package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.ledger.report.Channels;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

    private final Map<String, NotificationSettings> channels;
    private final Notices notices;
    private final Channels told;
    private final Clock clock;

    NotificationsEndpoint(ConnectorSettings settings, Notices notices, Channels told, Clock clock) {
        this.channels = new TreeMap<>(settings.notifications());
        this.notices = notices;
        this.told = told;
        this.clock = clock;
    }

    /**
     * A channel, without its address, which is secret.
     *
     * @param channel its name
     * @param template the template of its notices
     * @param occasions the occasions that it reports
     * @param syncs the syncs that it reports; empty for all
     * @param lastTold when it last delivered a notice
     * @param waiting the number of notices not delivered yet
     * @param failure why the oldest of them was not delivered
     */
    record ChannelView(
            String channel,
            String template,
            Set<Occasion> occasions,
            Set<String> syncs,
            @Nullable Instant lastTold,
            long waiting,
            @Nullable String failure) {}

    @ReadOperation
    List<ChannelView> all() {
        return channels.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    @WriteOperation
    WebEndpointResponse<ChannelView> act(@Selector String channel, String action) {
        NotificationSettings settings = channels.get(channel);
        if (settings == null) {
            throw RequestRejected.notFound(
                    "no channel is named \"%s\"; configured are %s".formatted(channel, channels.keySet()));
        }
        if (!action.equalsIgnoreCase(TEST)) {
            throw RequestRejected.invalid("the action is %s, not %s".formatted(TEST, action));
        }
        notices.note(
                channel,
                "",
                "TEST",
                clock.instant().toString(),
                "A test: this channel works",
                List.of(new Notice.Line("channel", channel)));
        return new WebEndpointResponse<>(view(channel, settings), 202);
    }

    private ChannelView view(String channel, NotificationSettings settings) {
        Channels.Delivery delivery = told.delivery(channel);
        return new ChannelView(
                channel,
                settings.template(),
                settings.occasions(),
                settings.syncs(),
                delivery.lastTold(),
                delivery.waiting(),
                delivery.failure());
    }
}
