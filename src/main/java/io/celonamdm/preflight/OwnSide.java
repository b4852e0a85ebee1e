package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.run.Readings.Proof;
import io.celonamdm.settings.CelonaSettings.Provisioned;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.source.SettingsInForce;
import io.celonamdm.sync.Expiry;
import io.celonamdm.sync.Sync;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Runs the local checks: the settings, their hosts and dates, and the clock. */
@Component
class OwnSide {
    /** The tolerated difference of clocks; answers have a precision of one second. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Duration warning;
    private final Clock clock;

    OwnSide(ConnectorSettings settings, Clock clock) {
        this.warning = settings.expiryWarning();
        this.clock = clock;
    }

    /** Whether the settings in the files are in force. */
    static Seen settings(SettingsInForce settings) {
        return settings.refusal()
                .map(refused -> Seen.warn(
                        ReasonCode.SETTINGS_REFUSED,
                        "the files hold invalid settings, refused since %s: %s"
                                .formatted(
                                        refused.since().truncatedTo(ChronoUnit.SECONDS),
                                        String.join("; ", refused.problems())),
                        "correct them; a start would fail"))
                .orElseGet(() -> Seen.ok("in force since " + settings.since().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Whether the allowed SM-DP+ servers are named narrowly, and exist. */
    static Seen smdpHosts(Sync sync) {
        List<String> hosts = sync.celona().smdpHosts();
        String key = "connector.syncs.%s.celona.smdp-hosts".formatted(sync.name());
        List<String> wide = sync.celona().openSmdpHosts();
        List<String> unknown = hosts.stream()
                .filter(host -> !host.startsWith("*") && !isKnown(host))
                .toList();
        if (!wide.isEmpty()) {
            return Seen.warn(
                    ReasonCode.SMDP_HOSTS_WIDE,
                    "%s allows servers of anybody".formatted(wide),
                    "name the domain of your SM-DP+ server in %s, such as *.go-esim.com".formatted(key));
        }
        if (!unknown.isEmpty()) {
            return Seen.warn(
                    ReasonCode.SMDP_HOST_UNKNOWN,
                    "this machine cannot resolve %s".formatted(unknown),
                    "compare it with the server_url that Celona names; correct " + key);
        }
        return Seen.ok("devices are sent to %s alone".formatted(hosts));
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** When the credentials expire, as far as the settings say. */
    List<Seen> expiry(Sync sync) {
        Instant now = clock.instant();
        List<Seen> all = new ArrayList<>();
        for (Expiry expiry : Expiry.of(sync)) {
            String renew =
                    "renew it, and set its new date as connector.syncs.%s.%s".formatted(sync.name(), expiry.key());
            all.add(
                    expiry.isOver(now)
                            ? Seen.failed(ReasonCode.CREDENTIAL_EXPIRED, expiry.text(now), renew)
                            : expiry.isNear(now, warning)
                                    ? Seen.warn(ReasonCode.CREDENTIAL_EXPIRES, expiry.text(now), renew)
                                    : Seen.ok(expiry.text(now)));
        }
        if (sync.celona().apiKeyExpires() == null) {
            all.add(Seen.unchecked(
                    "the settings do not say when the API key of Celona expires, and Celona does not tell it",
                    "set connector.syncs.%s.celona.api-key-expires to be warned ahead".formatted(sync.name())));
        }
        return all;
    }

    /** When Celona calls an eSIM "Provisioned", by the evidence of the sync's devices or by a setting. */
    static Seen provisioned(Sync sync, List<Proof> proofs) {
        String key = "connector.syncs.%s.celona.provisioned".formatted(sync.name());
        if (sync.celona().provisioned() != Provisioned.LEARN) {
            return Seen.ok("by " + key + " once it is "
                    + sync.celona().provisioned().name().toLowerCase(Locale.ROOT));
        }
        String seen = proofs.stream()
                .map(proof -> "once it is %s, by EID %s at %s"
                        .formatted(
                                proof.reading().name().toLowerCase(Locale.ROOT),
                                proof.eid(),
                                proof.at().truncatedTo(ChronoUnit.SECONDS)))
                .collect(Collectors.joining("; and "));
        if (proofs.size() == 1) {
            return Seen.ok(seen);
        }
        return Seen.unchecked(
                proofs.isEmpty()
                        ? "no device has shown yet whether an eSIM is \"Provisioned\" once it is assigned or once it is downloaded"
                        : "devices have shown both: " + seen,
                "nothing: the connector handles both; ask Celona, and set %s if you know".formatted(key));
    }

    /** Whether this machine's clock agrees with the vendors', for answers with a date. */
    static Seen clock(Map<String, Duration> ahead) {
        List<String> odd = ahead.entrySet().stream()
                .filter(each -> each.getValue().abs().compareTo(SKEW) > 0)
                .map(each ->
                        "%s by %d s".formatted(each.getKey(), -each.getValue().toSeconds()))
                .toList();
        if (ahead.isEmpty()) {
            return Seen.unchecked("no answer had a date", "fix what failed above");
        }
        return odd.isEmpty()
                ? Seen.ok("as at " + String.join(", ", ahead.keySet()))
                : Seen.warn(
                        ReasonCode.CLOCK_SKEW,
                        "this machine's clock is ahead of " + String.join(", ", odd),
                        "set the clock and synchronise it by NTP; nights and signed tokens depend on it");
    }
}
