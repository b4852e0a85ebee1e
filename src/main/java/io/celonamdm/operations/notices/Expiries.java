package io.celonamdm.operations.notices;

import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.report.Notice.Line;
import io.celonamdm.ledger.report.Notice.Link;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.operations.needs.PagePaths;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.Occasion;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds credentials that expire soon, by their dates in the settings; a channel reports each date once. */
@Component
class Expiries {
    private final Notices notices;
    private final Syncs syncs;
    private final Duration warning;
    private final Clock clock;

    Expiries(Notices notices, Syncs syncs, ConnectorSettings settings, Clock clock) {
        this.notices = notices;
        this.syncs = syncs;
        this.warning = settings.expiryWarning();
        this.clock = clock;
    }

    /** Records the notices of a channel. */
    void note(String channel, NotificationSettings settings) {
        for (Sync sync : syncs.all()) {
            if (settings.wants(Occasion.EXPIRY, sync.name().value())) {
                near(sync).forEach(expiry -> note(channel, sync.name(), expiry));
            }
        }
    }

    /** The credentials of a sync that expire soon, or have expired. */
    List<Expiry> near(Sync sync) {
        Instant now = clock.instant();
        return Expiry.of(sync).stream()
                .filter(expiry -> expiry.isNear(now, warning))
                .toList();
    }

    private void note(String channel, SyncName sync, Expiry expiry) {
        notices.note(
                channel,
                sync.value(),
                Occasion.EXPIRY.name(),
                expiry.credential() + " " + expiry.day(),
                "%s: %s".formatted(sync, expiry.text(clock.instant())),
                List.of(
                        new Line(
                                "setting",
                                "connector.syncs.%s.%s".formatted(sync, expiry.key()),
                                List.of(new Link(sync.value(), PagePaths.needs(sync)))),
                        new Line("what to do", "docs/runbooks/credential-expires.md")));
    }
}
