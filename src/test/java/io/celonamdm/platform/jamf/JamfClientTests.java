package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@Slow
class JamfClientTests {
    private static final String TOKEN = "/oauth/token";
    private static final String VERSIONED = "/api/v1/oauth/token";

    @AutoClose
    private final Tenant tenant = new Tenant(PhoneFleet.of(3, 1));

    @Test
    void secretWithEverySpecialCharacter() throws Exception {
        String secret = "p+a&s/s%wo=rd? \"ü€\\#;'";
        tenant.jamf().settings().client("id:with space&", secret);
        tenant.set("mdm.client-id", "id:with space&").set("mdm.client-secret", secret);

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.jamf().log().of("POST", VERSIONED).get(0).request().header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-www-form-urlencoded"));
    }

    @Test
    void olderServerIsRemembered() throws Exception {
        tenant.jamf().settings().unversionedTokenOnly(true);

        tenant.pull();
        tenant.jamf().expireTokens();
        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(2);
        assertThat(tenant.jamf().log().count("POST", VERSIONED)).isEqualTo(1);
        assertThat(tenant.jamf().log().count("POST", "/api/oauth/token")).isEqualTo(2);
    }

    @Test
    void upgradedServerIsAskedAtTheNewPathAgain() throws Exception {
        tenant.jamf().settings().unversionedTokenOnly(true);
        tenant.pull();
        tenant.jamf().settings().unversionedTokenOnly(false);
        tenant.jamf().faults().once("POST", "/api/oauth/token", Fault.status(404));
        tenant.jamf().expireTokens();

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(404));
        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(2);
        assertThat(tenant.jamf().log().count("POST", VERSIONED)).isEqualTo(2);
    }

    @Test
    void pathOfOnesOwnIsNotReplaced() {
        tenant.set("mdm.token-path", "/api/v9/oauth/token");

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(404));

        assertThat(tenant.jamf().log().count("POST", TOKEN)).isEqualTo(1);
    }

    @Test
    void wrongSecretCountsAsUnauthorizedAndIsTriedOnce() {
        tenant.set("mdm.client-secret", "wrong");

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(401));

        assertThat(tenant.jamf().log().count("POST", TOKEN)).isEqualTo(1);
        assertThat(tenant.jamf().log().count("GET", "")).isZero();
    }

    @Test
    void wrongSecretAtAnOlderServer() {
        tenant.jamf().settings().unversionedTokenOnly(true);
        tenant.set("mdm.client-secret", "wrong");

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(401));

        assertThat(tenant.jamf().log().count("POST", TOKEN)).isEqualTo(2);
    }

    @Test
    void failureWhileTheTokenIsRenewedIsTheOneThatIsTold() throws Exception {
        tenant.pull();
        tenant.jamf().expireTokens();
        tenant.jamf().faults().once("POST", TOKEN, Fault.status(503));

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(503));
    }

    @Test
    void secretIsInNoErrorMessage() {
        tenant.set("mdm.client-secret", "do-not-tell");

        assertThatThrownBy(tenant::pull)
                .satisfies(failure -> assertThat(Throwables.getStackTrace(failure))
                        .contains("401")
                        .doesNotContain("do-not-tell"));
    }

    private static int statusOf(Throwable failure) {
        assertThat(failure).isInstanceOf(HttpOperationFailedException.class);
        return ((HttpOperationFailedException) failure).getStatusCode();
    }
}
