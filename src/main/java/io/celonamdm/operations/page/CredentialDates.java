package io.celonamdm.operations.page;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The days on which credentials expire, as far as the settings have them. */
@Component
class CredentialDates {
    private final Syncs syncs;
    private final Duration warning;
    private final Clock clock;

    CredentialDates(Syncs syncs, ConnectorSettings settings, Clock clock) {
        this.syncs = syncs;
        this.warning = settings.expiryWarning();
        this.clock = clock;
    }

    /**
     * A credential.
     *
     * @param sync the sync that uses it
     * @param key the setting of its day
     * @param day the day on which it expires; null if the settings have none
     * @param days how many days are left; negative once it has expired
     * @param state {@code OK}, {@code WARN} or {@code FAILED}
     */
    record Credential(String sync, String key, @Nullable LocalDate day, long days, String state) {}

    /** All of them, the first to expire first, those without a day last. */
    List<Credential> all() {
        return syncs.all().stream()
                .flatMap(this::of)
                .sorted(Comparator.comparing(Credential::day, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Credential::sync)
                        .thenComparing(Credential::key))
                .toList();
    }

    private Stream<Credential> of(Sync sync) {
        List<Expiry> known = Expiry.of(sync);
        Stream<Credential> dated = known.stream().map(each -> dated(sync, each));
        Stream<Credential> undated = Expiry.keys(sync).stream()
                .filter(key -> known.stream().noneMatch(each -> each.key().equals(key)))
                .map(key -> new Credential(sync.name().value(), key, null, 0, "UNCHECKED"));
        return Stream.concat(dated, undated);
    }

    private Credential dated(Sync sync, Expiry expiry) {
        Instant now = clock.instant();
        String state = expiry.isOver(now) ? "FAILED" : expiry.isNear(now, warning) ? "WARN" : "OK";
        return new Credential(
                sync.name().value(),
                expiry.key(),
                expiry.day(),
                Duration.between(now, expiry.at()).toDays(),
                state);
    }
}
