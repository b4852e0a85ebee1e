package io.celonamdm.operations;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.ledger.report.Channels;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.operations.notices.IncidentEvents;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Shows the channels that deliver notices, and tests them. */
@Component
public class ChannelViews {
    private final Map<String, NotificationSettings> channels;
    private final Notices notices;
    private final Channels told;
    private final IncidentEvents events;
    private final Clock clock;

    ChannelViews(ConnectorSettings settings, Notices notices, Channels told, IncidentEvents events, Clock clock) {
        this.channels = new TreeMap<>(settings.notifications());
        this.notices = notices;
        this.told = told;
        this.events = events;
        this.clock = clock;
    }

    /** The configured channels by name. */
    public List<ChannelView> all() {
        return channels.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Sends a test through a channel; returns the channel as it is now.
     *
     * @throws RequestRejected if there is no such channel
     */
    public ChannelView test(String channel) {
        NotificationSettings settings = channels.get(channel);
        if (settings == null) {
            throw RequestRejected.notFound(
                    "no channel is named \"%s\"; configured are %s".formatted(channel, channels.keySet()));
        }
        if (settings.occasions().contains(Occasion.INCIDENT)) {
            events.test(channel);
        }
        if (!settings.occasions().equals(Set.of(Occasion.INCIDENT))) {
            notices.note(
                    channel,
                    "",
                    "TEST",
                    clock.instant().toString(),
                    "A test: this channel works",
                    List.of(new Notice.Line("channel", channel)));
        }
        return view(channel, settings);
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
