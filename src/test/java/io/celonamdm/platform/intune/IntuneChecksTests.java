package io.celonamdm.platform.intune;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.preflight.Result;
import io.celonamdm.preflight.Seen;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.intune.Permission;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a preflight says of an app registration in Entra. */
@Slow
@ExtendWith(OutputCaptureExtension.class)
class IntuneChecksTests {
    @Test
    void anApplicationIsAskedWhatItMayRead(CapturedOutput log) throws Exception {
        try (Tenant tenant = new Tenant(PhoneFleet.of(3, 1))) {
            tenant.intune().group(Tenant.GROUP);

            assertThatAllThatCanBeSeenIsWell(tenant);

            tenant.intune().settings().revoke(Permission.READ_DEVICES).revoke(Permission.READ_ENTRA);
            assertThat(tenant.checks())
                    .containsEntry("intune devices", ReasonCode.FORBIDDEN)
                    .containsEntry("intune entra", ReasonCode.FORBIDDEN)
                    .containsEntry("intune profiles", "profiles for Windows devices can be looked at");

            tenant.set("mdm.client-secret", "wrong");
            assertThat(tenant.checks()).containsEntry("intune client", ReasonCode.BAD_CREDENTIALS);
        }
        assertThat(log.getAll()).doesNotContain("Failed delivery");
    }

    @Test
    void theStorageAccountOfReportsIsReachedWithoutAskingItForAnything() throws Exception {
        try (Tenant tenant = new Tenant(PhoneFleet.of(3, 1))) {
            assertThat(tenant.checks().get("intune storage")).isInstanceOfSatisfying(Seen.class, unknown -> {
                assertThat(unknown.result()).isEqualTo(Result.UNCHECKED);
                assertThat(unknown.text() + unknown.todo()).contains("*.blob.core.windows.net");
            });
            tenant.pull();

            assertThat(tenant.checks()).containsEntry("intune storage", "the storage account 127.0.0.1 is reached");
            assertThat(tenant.intune().log().of("GET", "/"))
                    .filteredOn(call -> call.request().path().equals("/"))
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.request().query("sig")).isEmpty();
                        assertThat(call.request().header("Authorization")).isEmpty();
                    });

            tenant.intune().settings().storage("http://127.0.0.1:1");
            assertThat(tenant.checks()).containsEntry("intune storage", ReasonCode.UNREACHABLE);

            tenant.intune().settings().storage("ftp://files.example");
            assertThat(tenant.checks().get("intune storage"))
                    .isInstanceOfSatisfying(
                            Seen.class, odd -> assertThat(odd.result()).isEqualTo(Result.UNCHECKED));

            tenant.set("mdm.intune.inventory", "list");
            assertThat(tenant.checks()).doesNotContainKey("intune storage");
        }
    }

    @Test
    void whatTheNetworkProfileNeedsIsSaid() throws Exception {
        try (Tenant tenant = new Tenant(PhoneFleet.of(3, 1))) {
            tenant.intune().group(Tenant.GROUP);
            tenant.set("mdm.push", "command,profile").set("mdm.intune.apple.group", Tenant.GROUP);
            tenant.set("mdm.intune.windows.group", "");

            assertThat(tenant.checks())
                    .containsEntry(
                            "intune network-profile",
                            Seen.ok(
                                    "the profile \"Celona private network\" is missing, and is created with the next device"))
                    .containsEntry("intune apple-group", "the group %s can be looked at".formatted(Tenant.GROUP))
                    .containsKey("intune entra")
                    .doesNotContainKeys("intune profiles", "intune group");

            tenant.set("mdm.intune.apple.add-members", false);
            assertThat(tenant.checks()).doesNotContainKeys("intune entra", "intune apple-group");
            assertThat(tenant.checks().get("intune permissions"))
                    .isInstanceOfSatisfying(
                            Seen.class,
                            open -> assertThat(open.text())
                                    .as("one permission is enough")
                                    .contains(Permission.PROFILES)
                                    .doesNotContain(Permission.ADD_MEMBERS));
        }
    }

    @Test
    void whatIsCalledFirstIsNamedIfItFails() throws Exception {
        try (Tenant tenant = new Tenant(PhoneFleet.of(1, 1))) {
            assertThat(new IntuneChecks().of(tenant.sync()))
                    .filteredOn(check -> !check.name().equals("intune permissions"))
                    .allSatisfy(check -> {
                        assertThat(check.address()).as(check.name()).isNotNull();
                        assertThat(check.addressKey()).as(check.name()).isNotEmpty();
                    });
        }
    }

    private static void assertThatAllThatCanBeSeenIsWell(Tenant tenant) {
        Map<String, Object> seen = tenant.checks();

        assertThat(seen)
                .containsEntry("intune client", Seen.ok("127.0.0.1 gives access tokens"))
                .containsEntry("intune devices", Seen.ok("managed devices are shown"))
                .containsEntry("intune reports", "reports can be looked at")
                .containsEntry("intune profiles", "profiles for Windows devices can be looked at")
                .containsEntry("intune entra", "devices of Entra can be looked at")
                .containsEntry("intune group", "the group %s can be looked at".formatted(Tenant.GROUP));
        assertThat(seen.get("intune permissions")).isInstanceOfSatisfying(Seen.class, open -> {
            assertThat(open.result()).isEqualTo(Result.UNCHECKED);
            assertThat(open.text()).contains(Permission.COMMAND, Permission.WRITE_DEVICES);
        });
        assertThat(tenant.intune().log().writes())
                .allSatisfy(call -> assertThat(call.request().path()).endsWith("/token"));
    }
}
