package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.preflight.Result;
import io.celonamdm.preflight.Seen;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.jamf.Privilege;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a preflight says of an API client of Jamf Pro. */
@Slow
class JamfChecksTests {
    @Test
    void aClientIsHeldAgainstWhatTheWayOfPushingNeeds() throws Exception {
        try (Tenant tenant = new Tenant(PhoneFleet.of(3, 1)).set("mdm.push", "command,attribute,profile")) {
            assertThatAllIsWell(tenant);
            assertThatMissingPrivilegesAreNamed(tenant);
            assertThatPrivilegesAreOpenIfTheServerDoesNotListThem(tenant);
            assertThatAnOldSecretIsNoticed(tenant);
        }
    }

    private static void assertThatAllIsWell(Tenant tenant) {
        Map<String, Object> seen = tenant.checks();

        assertThat(seen.keySet())
                .containsExactly(
                        "jamf client",
                        "jamf privileges",
                        "jamf devices",
                        "jamf commands",
                        "jamf group",
                        "jamf profile");
        assertThat(seen)
                .containsEntry("jamf privileges", Seen.ok("the client has all 10 that are needed"))
                .containsEntry("jamf devices", Seen.ok("3 mobile devices are let in"))
                .containsEntry("jamf commands", "commands can be looked at")
                .containsEntry("jamf group", "the group \"Celona eSIM devices\" can be looked up")
                .containsEntry("jamf profile", "the profile \"Celona private network\" can be looked up");
        assertThat(tenant.jamf().log().writes())
                .allSatisfy(call -> assertThat(call.request().path()).endsWith("/oauth/token"));
    }

    private static void assertThatMissingPrivilegesAreNamed(Tenant tenant) {
        tenant.jamf()
                .settings()
                .revoke(Privilege.UPDATE_DEVICES)
                .revoke(Privilege.VIEW_COMMANDS)
                .revoke(Privilege.READ_GROUPS);

        Map<String, Object> seen = tenant.checks();

        assertThat(seen.get("jamf privileges")).isInstanceOfSatisfying(Seen.class, privileges -> {
            assertThat(privileges.code()).isEqualTo(ReasonCode.PRIVILEGE_MISSING);
            assertThat(privileges.todo())
                    .contains(Privilege.UPDATE_DEVICES, Privilege.VIEW_COMMANDS, Privilege.READ_GROUPS)
                    .doesNotContain(Privilege.READ_DEVICES);
        });
        assertThat(seen)
                .containsEntry("jamf commands", ReasonCode.FORBIDDEN)
                .containsEntry("jamf group", ReasonCode.FORBIDDEN);
    }

    private static void assertThatPrivilegesAreOpenIfTheServerDoesNotListThem(Tenant tenant) {
        tenant.jamf().faults().always("GET", "/api/v1/auth", Fault.changedBody(body -> "{\"account\":null}"));
        tenant.set("mdm.filter", "groupName==\"Nobody\"");

        Map<String, Object> seen = tenant.checks();

        assertThat(seen.get("jamf privileges"))
                .isInstanceOfSatisfying(
                        Seen.class,
                        privileges -> assertThat(privileges.result()).isEqualTo(Result.UNCHECKED));
        assertThat(seen.get("jamf devices"))
                .isInstanceOfSatisfying(
                        Seen.class, devices -> assertThat(devices.code()).isEqualTo(ReasonCode.NO_DEVICES));
    }

    /** Although the access token that an earlier one gave is still good. */
    private static void assertThatAnOldSecretIsNoticed(Tenant tenant) {
        tenant.set("mdm.client-secret", "old");

        assertThat(tenant.checks()).containsEntry("jamf client", ReasonCode.BAD_CREDENTIALS);
    }
}
