package io.celonamdm.operations.notices;

import io.celonamdm.http.Failures;
import io.celonamdm.ledger.Notice;
import io.celonamdm.ledger.Notices;
import io.celonamdm.plan.BackOff;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Serves the notification route: which notices to send, how, and whether they were sent. */
@Component
public class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int AT_ONCE = 50;
    private static final String SUBJECT = "useHeaderSubject";
    private static final BackOff AGAIN = new BackOff(Duration.ofMinutes(1), Duration.ofHours(1));
    /** After a day, only the digest reports it. */
    private static final Duration WORTH_TELLING = Duration.ofHours(24);

    private final Map<String, NotificationSettings> channels;
    private final News news;
    private final Expiries expiries;
    private final Digests digests;
    private final NoticeTemplates templates;
    private final Notices notices;
    private final Failures failures;
    private final Clock clock;

    Notifications(
            ConnectorSettings settings,
            News news,
            Expiries expiries,
            Digests digests,
            NoticeTemplates templates,
            Notices notices,
            Failures failures,
            Clock clock) {
        this.channels = settings.notifications();
        this.news = news;
        this.expiries = expiries;
        this.digests = digests;
        this.templates = templates;
        this.notices = notices;
        this.failures = failures;
        this.clock = clock;
    }

    /** Finds new events, and returns the notices to send now. */
    public List<Notice> due() {
        if (channels.isEmpty()) {
            return List.of();
        }
        channels.forEach((channel, settings) -> {
            news.note(channel, settings);
            expiries.note(channel, settings);
            digests.note(channel, settings);
        });
        notices.forget();
        return notices.due(AT_ONCE).stream()
                .filter(notice -> channels.containsKey(notice.channel()))
                .toList();
    }

    /** The address of a notice's Camel endpoint. */
    public String address(@ExchangeProperty("notice") Notice notice) {
        String to = settings(notice).to();
        // without this parameter, Camel ignores the notice's subject in a mail
        return to.startsWith("smtp") && !to.contains(SUBJECT)
                ? to + (to.contains("?") ? "&" : "?") + SUBJECT + "=true"
                : to;
    }

    /** Builds the message of a notice: its text, and for mail its subject. */
    public void write(@ExchangeProperty("notice") Notice notice, Message message) {
        NotificationSettings settings = settings(notice);
        message.setBody(templates.render(notice, settings));
        boolean json = NoticeTemplates.isJson(settings);
        message.setHeader(Exchange.CONTENT_TYPE, json ? "application/json" : "text/plain; charset=UTF-8");
        if (settings.to().startsWith("smtp")) {
            message.setHeader("Subject", "Celona MDM connector: " + notice.title());
        }
    }

    /** Records that the notice was sent. */
    public void told(@ExchangeProperty("notice") Notice notice) {
        notices.told(notice.id());
    }

    /** Records that the notice failed; it is retried while it is recent enough. */
    public void failed(
            @ExchangeProperty("notice") Notice notice, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        // the address is a secret, and failure texts often quote it
        String reason = failures.of(failure).reason().replace(settings(notice).to(), "its address");
        Instant again = clock.instant().plus(AGAIN.after(notice.attempts() + 1));
        boolean givenUp = again.isAfter(notice.notedAt().plus(WORTH_TELLING));
        notices.failed(notice.id(), reason, givenUp ? null : again);
        LOG.warn(
                "channel {} could not tell \"{}\" ({}): {}",
                notice.channel(),
                notice.title(),
                givenUp ? "given up" : "again in " + AGAIN.after(notice.attempts() + 1),
                reason);
    }

    private NotificationSettings settings(Notice notice) {
        NotificationSettings settings = channels.get(notice.channel());
        if (settings == null) {
            throw new IllegalStateException("no channel is named " + notice.channel());
        }
        return settings;
    }
}
