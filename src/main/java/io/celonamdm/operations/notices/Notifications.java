package io.celonamdm.operations.notices;

import io.celonamdm.http.Failures;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.ledger.report.Notice.Event;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.plan.BackOff;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final BackOff AGAIN = new BackOff(Duration.ofMinutes(1), Duration.ofHours(1));
    /** After a day, only the digest reports it. */
    private static final Duration WORTH_TELLING = Duration.ofHours(24);
    /** A ticket that nobody closes is worse than one that is closed late. */
    private static final Duration WORTH_TELLING_EVENT = Duration.ofDays(7);
    /** How often a message is sent that its receiver rejects; it may be in the middle of a change. */
    private static final int MOST_REJECTIONS = 5;
    /** In all; a channel that hangs must not keep the others from being told. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** With these, Camel makes the connections. */
    private static final List<String> OWN_TLS = List.of("sslContextParameters", "dummyTrustManager");

    private static final String EVENT = "X-Connector-Event";

    private final Map<String, NotificationSettings> channels;
    private final News news;
    private final Expiries expiries;
    private final Digests digests;
    private final IncidentNews incidents;
    private final NoticeTemplates templates;
    private final Notices notices;
    private final Failures failures;
    private final Clock clock;
    /** Channels that failed in this look: their other notices wait for the next one. */
    private final Set<String> down = ConcurrentHashMap.newKeySet();

    Notifications(
            ConnectorSettings settings,
            News news,
            Expiries expiries,
            Digests digests,
            IncidentNews incidents,
            NoticeTemplates templates,
            Notices notices,
            Failures failures,
            Clock clock) {
        this.channels = settings.notifications();
        this.news = news;
        this.expiries = expiries;
        this.digests = digests;
        this.incidents = incidents;
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
        incidents.note(channels);
        down.clear();
        notices.forget();
        return notices.due(AT_ONCE).stream()
                .filter(notice -> channels.containsKey(notice.channel()))
                .toList();
    }

    /** The address of a notice's Camel endpoint. */
    public String address(@ExchangeProperty("notice") Notice notice) {
        NotificationSettings settings = settings(notice);
        String to = settings.to();
        if (settings.isHttp()) {
            return with(to, "responseTimeout", String.valueOf(DEADLINE.toMillis()));
        }
        if (!to.startsWith("smtp")) {
            return to;
        }
        // without this parameter, Camel ignores the notice's subject
        String mail = with(to, "useHeaderSubject", "true");
        return OWN_TLS.stream().anyMatch(to::contains) ? mail : with(mail, "javaMailSender", "#bean:mailSender");
    }

    private static String with(String address, String parameter, String value) {
        return address.contains(parameter)
                ? address
                : address + (address.contains("?") ? "&" : "?") + parameter + "=" + value;
    }

    /**
     * Builds the message of a notice: its text, and for mail its subject.
     *
     * @throws ChannelDown if the channel has failed in this look
     */
    public void write(@ExchangeProperty("notice") Notice notice, Message message) {
        if (down.contains(notice.channel())) {
            throw new ChannelDown();
        }
        NotificationSettings settings = settings(notice);
        Event event = notice.event();
        boolean json = event != null || NoticeTemplates.isJson(settings);
        message.setHeader(Exchange.CONTENT_TYPE, json ? "application/json" : "text/plain; charset=UTF-8");
        if (event != null) {
            message.setHeader(EVENT, event.id());
        }
        String text = event == null ? templates.render(notice, settings) : event.json();
        message.setBody(text);
        if (settings.isHttp()) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            message.setBody(body);
            settings.headers().forEach(message::setHeader);
            if (!settings.signingSecret().isEmpty()) {
                Signature.of(body, settings.signingSecret(), clock.instant()).forEach(message::setHeader);
            }
        } else if (settings.to().startsWith("smtp")) {
            message.setHeader("Subject", "Celona MDM connector: " + notice.title());
        }
    }

    /**
     * Records that the notice was sent.
     *
     * @throws Rejection.WebPage if something else answered in place of the receiver
     */
    public void told(@ExchangeProperty("notice") Notice notice, Message answer) {
        String body = settings(notice).isHttp() ? answer.getBody(String.class) : null;
        if (body != null && body.stripLeading().startsWith("<")) {
            throw new Rejection.WebPage();
        }
        notices.told(notice.id());
    }

    /** Records that the notice failed; it is retried while it is recent enough. */
    public void failed(
            @ExchangeProperty("notice") Notice notice, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (failure instanceof ChannelDown) {
            return;
        }
        NotificationSettings settings = settings(notice);
        String todo = Rejection.todo(failure, notice.channel());
        // the address is a secret, and failure texts often quote it
        String reason =
                failures.of(failure).reason().replace(settings.to(), "its address") + (todo == null ? "" : "; " + todo);
        int attempts = notice.attempts() + 1;
        Instant again = clock.instant().plus(AGAIN.after(attempts));
        Duration worth = notice.event() == null ? WORTH_TELLING : WORTH_TELLING_EVENT;
        boolean givenUp = again.isAfter(notice.notedAt().plus(worth)) || (todo != null && attempts >= MOST_REJECTIONS);
        notices.failed(notice.id(), reason, givenUp ? null : again);
        if (todo == null) {
            down.add(notice.channel());
        }
        LOG.warn(
                "channel {} could not tell \"{}\" ({}): {}",
                notice.channel(),
                notice.title(),
                givenUp ? "given up" : "again in " + AGAIN.after(attempts),
                reason);
    }

    /** Thrown for a notice whose channel has just failed. */
    static final class ChannelDown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private NotificationSettings settings(Notice notice) {
        NotificationSettings settings = channels.get(notice.channel());
        if (settings == null) {
            throw new IllegalStateException("no channel is named " + notice.channel());
        }
        return settings;
    }
}
