package io.celonamdm.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.NotSent;
import io.celonamdm.http.NotSent.Obstacle;
import io.celonamdm.http.Proxies;
import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.sync.Sync;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What answers, failures, dates and clocks mean in a preflight. */
@Slow
class InspectorTests {
    private static final Instant NOW = Instant.parse("2026-11-25T04:30:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Failures FAILURES = failures();
    private static final Check CHECK = new Check(
            "jamf devices",
            "jamf-check-devices",
            URI.create("https://example.jamfcloud.com"),
            "mdm.base-url",
            "renew the secret",
            "grant Read Mobile Devices",
            true);

    private final Map<String, Object> settings = new TreeMap<>(Map.of(
            "connector.syncs.warehouse.schedule", "0 30 4 * * ?",
            "connector.syncs.warehouse.mdm.platform", "fleetdesk",
            "connector.syncs.warehouse.celona.customer-id", "104242",
            "connector.syncs.warehouse.celona.api-key", "key"));

    private static Failures failures() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.registerBean(Clock.class, () -> CLOCK);
            beans.register(Failures.class);
            beans.refresh();
            return beans.getBean(Failures.class);
        }
    }

    private ConnectorSettings settings() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("connector", ConnectorSettings.class)
                .get();
    }

    private Proxies proxies() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.registerBean(ConnectorSettings.class, this::settings);
            beans.register(Proxies.class);
            beans.refresh();
            return beans.getBean(Proxies.class);
        }
    }

    private Sync sync() {
        return Sync.of("warehouse", Objects.requireNonNull(settings().syncs().get("warehouse")));
    }

    private Inspector inspector() {
        return new Inspector(new CelonaChecks(), List.of(), new DefaultCamelContext(), FAILURES, proxies(), CLOCK);
    }

    private static Inspection inspection() {
        return new Inspection(List.of(CHECK, CHECK));
    }

    private Finding failed(Exception failure) {
        Inspection inspection = inspection();
        inspector().failed(sync(), inspection, inspection.next(), failure);
        return inspection.findings().get(0);
    }

    private static NotSent notSent(Obstacle obstacle) {
        return new NotSent(
                obstacle, new Failure(Failure.Kind.TRANSIENT, ReasonCode.UNREACHABLE, "nothing was sent", null));
    }

    @Test
    void aFailureSaysWhatToDo() {
        assertThat(failed(new HttpOperationFailedException("https://x", 401, "", null, null, "no")))
                .returns(ReasonCode.BAD_CREDENTIALS, Finding::code)
                .returns("renew the secret", Finding::todo);
        assertThat(failed(new HttpOperationFailedException("https://x", 403, "", null, null, "no"))
                        .todo())
                .isEqualTo("grant Read Mobile Devices");
        assertThat(failed(new HttpOperationFailedException("https://x", 503, "", null, null, "no"))
                        .result())
                .isEqualTo(Result.WARN);
        assertThat(failed(notSent(Obstacle.NAME)).todo())
                .contains(
                        "cannot resolve",
                        "connector.syncs.warehouse.mdm.base-url",
                        "\"[example.jamfcloud.com]\".proxy");
        assertThat(failed(notSent(Obstacle.TLS)).todo()).contains(".ssl-bundle");
        assertThat(failed(notSent(Obstacle.CONNECTION)).todo()).contains("firewall");
    }

    @Test
    void anAddressOfTheVendorsOwnIsNotOneOfTheSettings() {
        Check storage = new Check(
                "intune storage",
                "intune-check-storage",
                URI.create("https://a.blob.core.windows.net"),
                "",
                "",
                "",
                false);
        List<Exception> failures = new ArrayList<>(
                Stream.of(Obstacle.values()).map(InspectorTests::notSent).toList());
        failures.add(new KnownFailure(
                new Failure(Failure.Kind.OUTCOME_UNKNOWN, ReasonCode.UNREADABLE_ANSWER, "too large", null)));
        for (Exception failure : failures) {
            Inspection inspection = new Inspection(List.of(storage));
            inspector().failed(sync(), inspection, inspection.next(), failure);

            assertThat(inspection.findings().get(0).todo())
                    .contains("a.blob.core.windows.net")
                    .doesNotContain("connector.syncs")
                    .doesNotEndWith(": ");
        }
    }

    @Test
    void afterAGateThatFailedNothingIsLookedAt() {
        Inspection inspection = inspection();
        inspector().failed(sync(), inspection, inspection.next(), notSent(Obstacle.CONNECTION));

        assertThat(inspection.hasNext()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'Wed, 25 Nov 2026 04:30:20 GMT', OK",
        "'Wed, 25 Nov 2026 04:31:00 GMT', WARN",
        "'Wed, 25 Nov 2026 04:29:00 GMT', WARN",
        "yesterday, UNCHECKED"
    })
    void theClockIsHeldAgainstTheVendors(String date, Result result) {
        Inspection inspection = inspection();
        inspector().answered(inspection, inspection.next(), date, "answered");

        assertThat(OwnSide.clock(inspection.clocks()).result()).isEqualTo(result);
    }

    @Test
    void anAnswerThroughAProxySaysSo() {
        settings.put("connector.http.hosts.[example.jamfcloud.com].proxy", "http://proxy.example:3128");
        Inspection inspection = inspection();
        inspector().answered(inspection, inspection.next(), null, Seen.ok("3 mobile devices are let in"));

        assertThat(inspection.findings().get(0).seen())
                .isEqualTo("3 mobile devices are let in, through http://proxy.example:3128 (connector.http.hosts)");
    }

    @Test
    void aProxyThatCannotBeReachedIsNamedWithItsSetting() {
        settings.put("connector.http.proxy", "http://proxy.example:3128");

        for (Obstacle obstacle : List.of(Obstacle.NAME, Obstacle.CONNECTION)) {
            Finding finding = failed(notSent(obstacle));
            assertThat(finding.seen()).endsWith("asked through http://proxy.example:3128 (connector.http.proxy)");
            assertThat(finding.todo())
                    .isEqualTo("let this machine reach the proxy http://proxy.example:3128, or correct"
                            + " connector.http.proxy; connector.http.no-proxy: [example.jamfcloud.com] calls the host"
                            + " without it");
        }
    }

    @Test
    void aPlatformWithoutACheckOfItsOwnIsToldOf() {
        assertThat(inspector().begin(sync()).findings())
                .singleElement()
                .returns(Result.UNCHECKED, Finding::result)
                .returns("platform fleetdesk has no route fleetdesk-check", Finding::seen);
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"data\":[{\"id\":104242}]}', OK",
        "200, '{\"data\":{\"customers\":[{\"customer_id\":\"7\"}]}}', WARN",
        "403, '{\"error\":\"Forbidden\",\"success\":false}', UNCHECKED",
        "200, <html>, WARN"
    })
    void theCustomerIsLookedForInWhateverListThereIs(int status, String body, Result result) {
        assertThat(new CelonaChecks()
                        .customer(body.getBytes(StandardCharsets.UTF_8), status, sync())
                        .result())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25, CREDENTIAL_EXPIRED",
        "2026-11-26, CREDENTIAL_EXPIRES",
        "2026-12-09, CREDENTIAL_EXPIRES",
        "2026-12-10,"
    })
    void aDateInTheSettingsIsWarnedOf(String date, ReasonCode code) {
        settings.put("connector.syncs.warehouse.celona.api-key-expires", date);
        settings.put("connector.syncs.warehouse.mdm.secret-expires", "2030-01-01");

        assertThat(ownSide().expiry(sync())).hasSize(2).extracting(Seen::code).containsExactly(code, null);
    }

    @ParameterizedTest
    @CsvSource({"*.go-esim.com, OK", "*.com, WARN", "localhost, OK"})
    void aPatternThatLetsEverybodyInIsWarnedOf(String host, Result result) {
        settings.put("connector.syncs.warehouse.celona.smdp-hosts", host);

        assertThat(OwnSide.smdpHosts(sync()).result()).isEqualTo(result);
    }

    private OwnSide ownSide() {
        return new OwnSide(settings(), CLOCK);
    }
}
