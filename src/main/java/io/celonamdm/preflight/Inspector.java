package io.celonamdm.preflight;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.NotSent;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.http.Proxies;
import io.celonamdm.http.Proxies.NamedProxy;
import io.celonamdm.http.VendorClock;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Serves the preflight route: lists the checks, and interprets answers and failures. */
@Component
public class Inspector {
    private static final String DATE = "Date";
    private static final String CREDENTIALS = "renew the credentials in the settings of the platform";
    private static final String GRANT = "allow the call for these credentials";

    private final CelonaChecks celonaChecks;
    private final List<PlatformChecks> platforms;
    private final CamelContext camel;
    private final Failures failures;
    private final Proxies proxies;
    private final Clock clock;

    Inspector(
            CelonaChecks celonaChecks,
            List<PlatformChecks> platforms,
            CamelContext camel,
            Failures failures,
            Proxies proxies,
            Clock clock) {
        this.celonaChecks = celonaChecks;
        this.platforms = platforms;
        this.camel = camel;
        this.failures = failures;
        this.proxies = proxies;
        this.clock = clock;
    }

    /** Everything that the sync needs of Celona and of its platform. */
    public Inspection begin(@ExchangeProperty("sync") Sync sync) {
        List<Check> checks = new ArrayList<>(celonaChecks.of(sync));
        platforms.stream().filter(each -> each.serves(sync)).forEach(each -> checks.addAll(each.of(sync)));
        boolean shipped = platforms.stream().anyMatch(each -> each.platform().equals(sync.platform()));
        String own = sync.platform() + "-check";
        if (!shipped && camel.getRoute(own) != null) {
            checks.add(new Check(sync.platform(), own, sync.mdm().host(), "mdm", CREDENTIALS, GRANT, false));
            shipped = true;
        }
        Inspection inspection = new Inspection(checks);
        if (!shipped) {
            inspection.found(
                    Check.here(sync.platform(), own),
                    Seen.unchecked(
                            "platform %s has no route %s".formatted(sync.platform(), own),
                            "add one with a call that only reads, see docs/own-platform.md"));
        }
        return inspection;
    }

    /** Records an answered check; the body from its route holds the observation. */
    public void answered(
            @ExchangeProperty("inspection") Inspection inspection,
            @ExchangeProperty("check") Check check,
            @Header(DATE) @Nullable String date,
            @Body @Nullable Object body) {
        noteClock(inspection, check, date);
        Seen seen = body instanceof Seen known ? known : Seen.ok(body instanceof String text ? text : "answered");
        inspection.found(
                check,
                new Seen(
                        seen.result(),
                        seen.code(),
                        seen.text()
                                + proxy(check)
                                        .map(proxy -> ", through " + proxy)
                                        .orElse(""),
                        seen.todo()));
    }

    /** Records a failed check. */
    public void failed(
            @ExchangeProperty("sync") Sync sync,
            @ExchangeProperty("inspection") Inspection inspection,
            @ExchangeProperty("check") Check check,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        HttpOperationFailedException answer = Failures.find(failure, HttpOperationFailedException.class);
        Map<String, String> headers = answer == null ? null : answer.getResponseHeaders();
        noteClock(inspection, check, headers == null ? null : headers.get(DATE));
        Failure meaning = failures.of(failure);
        boolean passing = meaning.code() == ReasonCode.THROTTLED || meaning.code() == ReasonCode.VENDOR_ERROR;
        inspection.found(
                check,
                new Seen(
                        passing ? Result.WARN : Result.FAILED,
                        meaning.code(),
                        meaning.reason() + askedThrough(check, meaning.reason()),
                        todo(sync, check, meaning.code(), failure)));
    }

    private String askedThrough(Check check, String reason) {
        return proxy(check)
                .map(NamedProxy::toString)
                .filter(proxy -> !reason.contains(proxy))
                .map(", asked through "::concat)
                .orElse("");
    }

    private Optional<NamedProxy> proxy(Check check) {
        return Optional.ofNullable(check.address())
                .filter(address -> address.getHost() != null)
                .flatMap(address -> proxies.of(HttpHost.create(address)));
    }

    private String todo(Sync sync, Check check, ReasonCode code, Exception failure) {
        String key = check.addressKey().isEmpty()
                ? ""
                : "correct connector.syncs.%s.%s".formatted(sync.name(), check.addressKey());
        return switch (code) {
            case BAD_CREDENTIALS -> check.credentials();
            case FORBIDDEN -> check.grant();
            case UNREACHABLE, PROXY_REFUSED -> network(check, key, failure);
            case THROTTLED, VENDOR_ERROR -> "try again later; check the vendor's status page if it persists";
            case UNREADABLE_ANSWER ->
                "something else answers at %s%s".formatted(check.host(), key.isEmpty() ? "" : ": " + key);
            default -> "read the observation; docs/reason-codes.md explains %s".formatted(code);
        };
    }

    private String network(Check check, String key, Exception failure) {
        String host = check.host();
        String proxy =
                "connector.http.proxy, or connector.http.hosts.\"[%s]\".proxy for this host alone".formatted(host);
        NotSent notSent = Failures.find(failure, NotSent.class);
        Obstacle obstacle = notSent == null ? Obstacle.CONNECTION : notSent.obstacle();
        Optional<NamedProxy> through = proxy(check);
        if (through.isPresent() && (obstacle == Obstacle.NAME || obstacle == Obstacle.CONNECTION)) {
            return "let this machine reach the proxy %s, or correct %s; connector.http.no-proxy: [%s] calls the host without it"
                    .formatted(through.get().address().toURI(), through.get().source(), host);
        }
        if (obstacle == Obstacle.NAME) {
            String named = key.isEmpty() ? "" : key + ", ";
            return "this machine cannot resolve %s: %sfix its DNS, or set %s".formatted(host, named, proxy);
        }
        if (obstacle == Obstacle.TLS) {
            return "the certificate of %s is not trusted: name the CA by connector.http.ssl-bundle, or by connector.http.hosts.\"[%s]\".ssl-bundle for this host alone"
                    .formatted(host, host);
        }
        if (obstacle == Obstacle.PROXY) {
            return "have the proxy connect to %s, set connector.http.proxy-user and proxy-password if it asks for a user, or correct %s"
                    .formatted(host, proxy);
        }
        return "let this machine reach %s through the firewall, or set %s".formatted(host, proxy);
    }

    private void noteClock(Inspection inspection, Check check, @Nullable String date) {
        if (!check.host().isEmpty()) {
            VendorClock.ahead(date, clock.instant()).ifPresent(ahead -> inspection.clock(check.host(), ahead));
        }
    }
}
