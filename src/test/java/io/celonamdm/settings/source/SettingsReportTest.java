package io.celonamdm.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.rings.Slow;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator reads when the connector refuses to start. */
@ExtendWith(OutputCaptureExtension.class)
@Slow
class SettingsReportTest {
    private static final String WORKING = """
            connector:
              syncs:
                warehouse:
                  schedule: "0 30 4 * * ?"
                  mdm:
                    platform: jamf
                    base-url: https://example.jamfcloud.com
                    client-id: id
                    client-secret: hush
                  celona:
                    customer-id: "104242"
                    api-key: hush
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyProblemIsInOneReport(CapturedOutput output) {
        String yaml = """
                connector:
                  workers: many
                  syncs:
                    warehouse:
                      shedule: "0 30 4 * * ?"
                      schedule: "0 30 2 * * ?"
                      time-zone: America/New_York
                      api-key: hush-1
                      mdm:
                        platform: jamf
                        base-url: http://example.com
                        client-id: ${JAMF_CLIENT_ID}
                        client-secret: ${JAMF_CLIENT_SECRET}
                        page-size: 2000
                        push: [comand, attribute, atribute]
                        await: later
                        options:
                          oauth.password: "hush-2${NOPE}"
                      celona:
                        customer-id: ""
                        pol: { first: 1s }
                        poll: { first: 2m, deadline: 30m }
                        assign-timeout: soon
                        smdp-hosts: ["https://rsp.example.com", "*.ok.example"]
                        columns:
                          activate: [device-name, iccid]
                      sim-lock: { policy: ONATTACH }
                      guards:
                    empty:
                    "[Night Shift]":
                      schedule: nightly
                  http:
                    hosts:
                      api.celona.io: { proxy: "http://proxy.example:3128" }
                      "[cso.celona.io]": { proxy: "http://user:hush-3@proxy.example:3128", connect-timeout: 5x }
                """;

        refuses(yaml, Map.of("JAMF_CLIENT_ID", "id"), output);

        assertThat(report(output)).isEqualTo("""
                        The settings have 31 problems:

                        - connector.http.hosts[cso.celona.io].connect-timeout = 5x: must be a duration such as 30s, 5m, 2h or 7d (settings.yaml, line 35)
                        - connector.http.hosts[cso.celona.io].proxy = http://******@proxy.example:3128: must be http://host:port or https://host:port, without user and path (settings.yaml, line 35)
                        - connector.http.hosts.api.celona: unknown key; known here are connect-timeout, response-timeout, call-timeout, max-answer-size, max-connections, requests-per-second, proxy, ssl-bundle; a host name with dots is written in brackets: "[api.example.com]" (settings.yaml, line 34)
                        - connector.syncs[Night Shift]: a sync's name must have 1 to 40 characters: a-z, 0-9 and, inside, - (settings.yaml, line 31)
                        - connector.syncs[Night Shift].celona.api-key: missing: the customer's API key at Celona
                        - connector.syncs[Night Shift].celona.customer-id: missing: the customer's id at Celona
                        - connector.syncs[Night Shift].mdm.platform: missing: the MDM, such as jamf
                        - connector.syncs[Night Shift].schedule = nightly: must be a Quartz cron expression (second minute hour day-of-month month day-of-week) (settings.yaml, line 31)
                        - connector.syncs.empty.celona.api-key: missing: the customer's API key at Celona
                        - connector.syncs.empty.celona.customer-id: missing: the customer's id at Celona
                        - connector.syncs.empty.mdm.platform: missing: the MDM, such as jamf
                        - connector.syncs.empty.schedule: missing: when the nightly run starts, such as 0 30 4 * * ?
                        - connector.syncs.warehouse.api-key: unknown key; did you mean connector.syncs.warehouse.celona.api-key? (settings.yaml, line 8)
                        - connector.syncs.warehouse.celona.api-key: missing: the customer's API key at Celona
                        - connector.syncs.warehouse.celona.assign-timeout = soon: must be a duration such as 30s, 5m, 2h or 7d (settings.yaml, line 23)
                        - connector.syncs.warehouse.celona.columns.activate: must start with iccid (settings.yaml, line 26)
                        - connector.syncs.warehouse.celona.customer-id = "": missing: the customer's id at Celona (settings.yaml, line 20)
                        - connector.syncs.warehouse.celona.pol: unknown key; did you mean connector.syncs.warehouse.celona.poll? (settings.yaml, line 21)
                        - connector.syncs.warehouse.celona.poll.first = 2m: 2m must not be longer than connector.syncs.warehouse.celona.poll.max, which is 1m (settings.yaml, line 22)
                        - connector.syncs.warehouse.celona.smdp-hosts[0] = https://rsp.example.com: must be a host name such as rsp.example.com or *.example.com (settings.yaml, line 24)
                        - connector.syncs.warehouse.mdm.await = later: must be one of sent, acknowledged (settings.yaml, line 16)
                        - connector.syncs.warehouse.mdm.base-url = http://example.com: must be an https address such as https://host.example, without query or trailing slash; http only to a loopback address (settings.yaml, line 11)
                        - connector.syncs.warehouse.mdm.client-secret = ******: the environment variable JAMF_CLIENT_SECRET is not set (settings.yaml, line 13)
                        - connector.syncs.warehouse.mdm.options.oauth.password = ******: the environment variable NOPE is not set (settings.yaml, line 18)
                        - connector.syncs.warehouse.mdm.page-size = 2000: must be between 1 and 1000 (settings.yaml, line 14)
                        - connector.syncs.warehouse.mdm.push[0] = comand: must be one of command, attribute, profile (settings.yaml, line 15)
                        - connector.syncs.warehouse.mdm.push[2] = atribute: must be one of command, attribute, profile (settings.yaml, line 15)
                        - connector.syncs.warehouse.schedule = 0 30 2 * * ?: would not run on 2027-03-14 in America/New_York, when clocks go from 02:00 to 03:00; choose a time outside 02:00 to 02:59 (settings.yaml, line 6)
                        - connector.syncs.warehouse.shedule: unknown key; did you mean connector.syncs.warehouse.schedule? (settings.yaml, line 5)
                        - connector.syncs.warehouse.sim-lock.policy = ONATTACH: has no effect unless connector.syncs.warehouse.sim-lock.status is Enabled (settings.yaml, line 27)
                        - connector.workers = many: must be a whole number (settings.yaml, line 2)
                        """);
    }

    @Test
    void whatCameFromTheEnvironmentOrAnArgumentSaysSo(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of("CONNECTOR_SYNCS_WAREHOUSE_MDM_PAGESIZE", "many", "CONNECTOR_SYNCS_WAREHOUSE_RETRY_FIRST", "1h"),
                output,
                "--connector.syncs.warehouse.mdm.options.sharedKey=hush${NOPE}");

        assertThat(report(output)).isEqualTo("""
                        The settings have 3 problems:

                        - connector.syncs.warehouse.mdm.options.sharedkey = ******: the environment variable NOPE is not set ("connector.syncs.warehouse.mdm.options.sharedKey" from property source "commandLineArgs")
                        - connector.syncs.warehouse.mdm.page-size = many: must be a whole number (System Environment Property "CONNECTOR_SYNCS_WAREHOUSE_MDM_PAGESIZE")
                        - connector.syncs.warehouse.retry.first = 1h: 1h must not be longer than connector.syncs.warehouse.retry.max, which is 15m (System Environment Property "CONNECTOR_SYNCS_WAREHOUSE_RETRY_FIRST")
                        """);
    }

    @Test
    void aChannelNamesSyncsThatThereAreAndAKeyADay(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of(),
                output,
                "--connector.notifications.chat.to=https://chat.example.com",
                "--connector.notifications.chat.syncs=warehouse,wherehouse",
                "--connector.syncs.warehouse.celona.api-key-expires=soon");

        assertThat(report(output))
                .contains(
                        "connector.notifications.chat.syncs = warehouse,wherehouse: no sync is named \"wherehouse\"; configured are [warehouse]",
                        "connector.syncs.warehouse.celona.api-key-expires = soon: must be a day such as 2026-12-31");
    }

    @Test
    void nothingIsDeletedBeforeItIsOver(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of(),
                output,
                "--connector.retention.journal=60d",
                "--connector.retention.devices=1h",
                "--connector.syncs.warehouse.redrive.max-age=60d");

        assertThat(report(output))
                .contains(
                        "connector.retention.devices = 1h: must be longer than or equal to 1 day",
                        "redrive.max-age = 60d: must be shorter than"
                                + " connector.retention.journal, which is 60 days");
    }

    @Test
    void aBareNumberIsNoDuration(CapturedOutput output) {
        refuses(WORKING, Map.of("CONNECTOR_WORKSLICE", "60"), output, "--connector.http.connect-timeout=5");

        assertThat(report(output)).isEqualTo("""
                        The settings have 2 problems:

                        - connector.http.connect-timeout = 5: has no unit: must be a duration such as 30s, 5m, 2h or 7d ("connector.http.connect-timeout" from property source "commandLineArgs")
                        - connector.work-slice = 60: has no unit: must be a duration such as 30s, 5m, 2h or 7d (System Environment Property "CONNECTOR_WORKSLICE")
                        """);
    }

    @Test
    void aListOnOneLineNamesItsWrongElement(CapturedOutput output) {
        refuses(WORKING, Map.of(), output, "--connector.syncs.warehouse.mdm.push=command,atribute");

        assertThat(report(output)).isEqualTo("""
                        The settings have a problem:

                        - connector.syncs.warehouse.mdm.push = command,atribute: atribute must be one of command, attribute, profile ("connector.syncs.warehouse.mdm.push" from property source "commandLineArgs")
                        """);
    }

    @Test
    void aMisspeltArgumentIsNamed(CapturedOutput output) {
        refuses(WORKING, Map.of(), output, "--connector.syncs.warehouse.mdm.clientSecrett=hush");

        assertThat(report(output)).isEqualTo("""
                        The settings have a problem:

                        - connector.syncs.warehouse.mdm.clientsecrett: unknown key; did you mean connector.syncs.warehouse.mdm.client-secret? ("connector.syncs.warehouse.mdm.clientSecrett" from property source "commandLineArgs")
                        """);
    }

    @Test
    void whatAProxyCannotUseIsNamed(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of("CONNECTOR_HTTP_PROXYUSER", "me"),
                output,
                "--connector.http.proxy=http://proxy.example:99999",
                "--connector.http.no-proxy=intranet.example, 10.0.0.0/8");

        assertThat(report(output))
                .startsWith("The settings have 3 problems")
                .contains("connector.http.proxy = http://proxy.example:99999: must be http://host:port or")
                .contains("connector.http.proxy-password: missing: the password of connector.http.proxy-user")
                .contains("connector.http.no-proxy[1] = 10.0.0.0/8: must be a host name such as");
    }

    @Test
    void aListWithAGapIsNotCutShort(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of(),
                output,
                "--connector.syncs.warehouse.celona.iccid-prefixes[0]=8910",
                "--connector.syncs.warehouse.celona.iccid-prefixes[2]=8911");

        assertThat(report(output)).isEqualTo("""
                        The settings have a problem:

                        - connector.syncs.warehouse.celona.iccid-prefixes[2] = 8911: not reached: the indexes of a list start at 0 and have no gaps ("connector.syncs.warehouse.celona.iccid-prefixes[2]" from property source "commandLineArgs")
                        """);
    }

    @Test
    void anEnabledSimLockNeedsAPolicy(CapturedOutput output) {
        refuses(WORKING, Map.of(), output, "--connector.syncs.warehouse.sim-lock.status=Enabled");

        assertThat(report(output)).isEqualTo("""
                        The settings have a problem:

                        - connector.syncs.warehouse.sim-lock.policy: missing: ONATTACH or IMEIMAPPING, because connector.syncs.warehouse.sim-lock.status is Enabled
                        """);
    }

    @Test
    void rulesThatCannotBeReadAreAllNamed(CapturedOutput output) {
        refuses(WORKING + """
                      device-name: "{nmae} {serial:lst4}"
                      device-name-collision: rename
                      iccid-from: serial
                      scope:
                        include: [{ name: "/(/" }]
                        exclude-ids: [F2LX1, "8904903212345123451234567890123"]
                        exclude-file: nowhere/excluded.txt
                      device-groups:
                        - when: { os: "", attribute: { Site: "/x" } }
                          group: Scanners
                          sim-lock: { policy: ONATTACH }
                        - group: Field Crew
                """, Map.of(), output);

        assertThat(report(output))
                .startsWith("The settings have 10 problems")
                .contains("device-groups[0].sim-lock.policy = ONATTACH: has no effect unless")
                .contains("device-groups[0].when.attribute: the pattern of Site starts with a slash")
                .contains("device-groups[0].when.os = \"\": is empty; leave the key out")
                .contains("device-groups[1].when: missing: the condition, such as { mdm-group: Drivers }")
                .contains("device-name = {nmae} {serial:lst4}: has no placeholder {nmae}; there are {name}, {serial}")
                .contains("it has no function \"lst4\" in {serial:lst4}; there are upper, lower")
                .contains("device-name-collision = rename: must be one of allow, number, eid")
                .contains("iccid-from = serial: must be empty or attribute:Key")
                .contains("scope.exclude-file = nowhere/excluded.txt: cannot be read as a text file")
                .contains("scope.exclude-ids[1] = 8904903212345123451234567890123: EID")
                .contains("scope.include[0].name = /(/: is no regular expression");
    }

    @Test
    void columnsOfOrdersThatCannotBeWrittenAreAllNamed(CapturedOutput output) {
        refuses(WORKING + """
                    stores:
                      schedule: "0 30 4 * * ?"
                      mdm:
                        platform: csv
                        folder: /srv/stores
                        csv.orders.columns: ["Activation code={activation-cod}", "IMEI", "EID={eid}", "={name}", "eid ={serial}"]
                      celona: { customer-id: "104242", api-key: hush }
                    yard:
                      schedule: "0 30 4 * * ?"
                      mdm: { platform: csv, folder: /srv/yard, csv: { orders: { columns: [] } } }
                      celona: { customer-id: "104242", api-key: hush }
                """, Map.of(), output);

        assertThat(report(output))
                .startsWith("The settings have 5 problems")
                .contains("stores.mdm.csv.orders.columns[0] = Activation code={activation-cod}: has no placeholder"
                        + " {activation-cod}; there are {activation-code}, {smdp-address}, {smdp-host}, {name}")
                .contains("columns[1] = IMEI: has no header; a column is written Header=template, such as IMEI={imei}")
                .contains("columns[3] = ={name}: has no header")
                .contains("columns[4] = eid ={serial}: has the header \"eid\", which a column before it has")
                .contains("yard.mdm.csv.orders.columns = \"\": names no column; leave the key out for the usual ones");
    }

    @Test
    void excludedDevicesComeFromTheListAndTheFile() throws IOException {
        Files.writeString(
                folder.resolve("excluded.txt"),
                "\uFEFF# lost\nF2LX1   # in March\n\n8904 9032 1234 5123 4512 3456 7890 1235\n");

        assertThat(start(
                                WORKING,
                                Map.of(
                                        "CONNECTOR_SYNCS_WAREHOUSE_SCOPE_EXCLUDEIDS",
                                        "A1,B2",
                                        "CONNECTOR_SYNCS_WAREHOUSE_SCOPE_EXCLUDEFILE",
                                        folder.resolve("excluded.txt").toString()))
                        .scope()
                        .allExcludedIds())
                .containsExactly("A1", "B2", "F2LX1", "8904 9032 1234 5123 4512 3456 7890 1235");
    }

    @Test
    void spellingIsRelaxed() {
        SyncSettings sync = start(
                WORKING.replace("base-url", "baseUrl").replace("client-id", "client_id"),
                Map.of(
                        "CONNECTOR_SYNCS_WAREHOUSE_MDM_PAGESIZE", "50",
                        "CONNECTOR_SOMETHING_ELSE", "an orchestrator puts such variables there by itself"));

        assertThat(sync.mdm().clientId()).isEqualTo("id");
        assertThat(sync.mdm().pageSize()).isEqualTo(50);
    }

    @Test
    void aGroupWhoseMembersAreAllCommentedOutHasItsDefaults() {
        assertThat(start(WORKING + "      guards:\n      device-groups:\n      sim-lock:\n", Map.of()))
                .isEqualTo(start(WORKING, Map.of()));
    }

    @Test
    void whatYamlTakesForAnotherValueIsNamed(CapturedOutput output) {
        refuses(
                WORKING.replace("\"104242\"", "0104242").replace("client-id: id", "client-id: 1_0 # of Jamf") + """
                      default-group: on
                      device-name-max-length: 040
                      mdm.profile: { version-number: 1.10, name: 12:30 }
                """,
                Map.of(),
                output);

        assertThat(report(output))
                .startsWith("The settings have 6 problems")
                .contains(
                        "warehouse.celona.customer-id = 34978: is written 0104242, which YAML takes for another value;"
                                + " put it in quotes, or leave out zeros in front (settings.yaml, line 11)")
                .contains("warehouse.default-group = true: is written on, which")
                .contains("warehouse.device-name-max-length = 32: is written 040, which")
                .contains("warehouse.mdm.client-id = 10: is written 1_0, which")
                .contains("warehouse.mdm.profile.name = 750: is written 12:30, which")
                .contains("warehouse.mdm.profile.version-number = 1.1: is written 1.10, which");
    }

    @Test
    void looksOfIntuneTakeNoFilter(CapturedOutput output) {
        String settings = WORKING.replace("platform: jamf", "platform: intune")
                .replace("schedule:", "between: 15m\n      schedule:");
        refuses(settings, Map.of("connector.syncs.warehouse.mdm.filter", "(OwnerType eq '1')"), output);

        assertThat(report(output)).contains("warehouse.between = 15m: does not work with mdm.filter");
    }

    @Test
    void thePlatformGatewayOfJamfIsNoTenant(CapturedOutput output) {
        refuses(WORKING.replace("https://example.jamfcloud.com", "https://EU.api.jamfcloud.com"), Map.of(), output);

        assertThat(report(output))
                .startsWith("The settings have a problem")
                .contains(
                        "warehouse.mdm.base-url = https://EU.api.jamfcloud.com: is Jamf's platform gateway, which is not"
                                + " supported; must be the tenant's own address, such as https://example.jamfcloud.com");
    }

    @Test
    void geofencesThatAppleDoesNotTakeAreNamed(CapturedOutput output) throws IOException {
        Path file = Files.writeString(folder.resolve("sites.geojson"), """
                {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "b", "radius": 50},
                 "geometry": {"type": "Point", "coordinates": [7.58, 47.55]}}]}""");
        refuses(WORKING + """
                      mdm.profile:
                        geofences:
                          - { id: a, latitude: 97.5, longitude: 7.58, radius: 400 }
                          - { id: a, latitude: north, longitude: 7.58 }
                    yard:
                      schedule: "0 30 4 * * ?"
                      mdm:
                        platform: csv
                        folder: /srv/yard
                        profile: { geofences-file: "%s" }
                      celona: { customer-id: "104242", api-key: hush }
                """.formatted(file), Map.of(), output);

        assertThat(report(output))
                .contains("yard.mdm.profile.geofences-file = " + file
                        + ": geofence \"b\": radius must be from 100 to 6500")
                .contains("warehouse.mdm.profile.geofences[1].latitude = north: must be a number")
                .contains("warehouse.mdm.profile.geofences[1].radius: missing: metres, such as 400");
    }

    @Test
    void aNumberMayBeAnId() {
        SyncSettings sync = start(WORKING.replace("\"104242\"", "104242"), Map.of());

        assertThat(sync.celona().customerId()).isEqualTo("104242");
    }

    @Test
    void blanksAroundASecretOrAnIdAreNamed(CapturedOutput output) {
        refuses(
                WORKING,
                Map.of(
                        "CONNECTOR_SYNCS_WAREHOUSE_CELONA_APIKEY", "hush-1 ",
                        "CONNECTOR_SYNCS_WAREHOUSE_CELONA_CUSTOMERID", "104242\n",
                        "CONNECTOR_HTTP_PROXYPASSWORD", " hush-2"),
                output,
                "--connector.syncs.warehouse.mdm.options.sharedKey=hush-3\nhush-4",
                "--connector.syncs.warehouse.device-name= {name}");

        assertThat(report(output))
                .startsWith("The settings have 3 problems")
                .contains("warehouse.celona.api-key = ******: begins or ends with a blank, or has a line end in it")
                .contains("warehouse.celona.customer-id = 104242\\n: begins or ends with a blank, or")
                .contains("warehouse.mdm.options.sharedkey = ******: begins or ends with a blank, or");
    }

    @Test
    void blanksThatNobodySeesAreNamedAsWell(CapturedOutput output) {
        refuses(
                WORKING.replace("api-key: hush", "api-key: \"hush\\u00a0\"")
                        .replace("client-secret: hush", "client-secret: \"\\ufeffhush\"")
                        .replace("\"104242\"", "\"104242\\u200b\""),
                Map.of(),
                output);

        assertThat(report(output))
                .startsWith("The settings have 3 problems")
                .contains(
                        "warehouse.celona.api-key = ******: begins or ends with a character that cannot be seen, U+00A0")
                .contains(
                        "warehouse.celona.customer-id = 104242: begins or ends with a character that cannot be seen, U+200B")
                .contains(
                        "warehouse.mdm.client-secret = ******: begins or ends with a character that cannot be seen, U+FEFF");
    }

    @Test
    void aKeyWithCharactersThatNoHeaderCarriesIsNamed(CapturedOutput output) {
        refuses(WORKING.replace("api-key: hush", "api-key: \"hush\\u2011x\""), Map.of(), output);

        assertThat(report(output))
                .startsWith("The settings have a problem")
                .contains("warehouse.celona.api-key = ******: may have only ASCII characters without blanks");
    }

    @Test
    void aValueThatRefersToItselfIsNamed(CapturedOutput output) {
        refuses(
                WORKING.replace("api-key: hush", "api-key: ${connector.syncs.warehouse.celona.api-key}")
                        .replace("client-id: id", "client-id: ${ONE}"),
                Map.of("ONE", "${OTHER:hush}", "OTHER", "${ONE}"),
                output);

        assertThat(report(output))
                .startsWith("The settings have 2 problems")
                .contains("warehouse.celona.api-key = ******: refers to itself by"
                        + " ${connector.syncs.warehouse.celona.api-key} (settings.yaml, line 12)")
                .contains("warehouse.mdm.client-id")
                .contains("refers to itself by ${ONE} (settings.yaml, line 8)");
    }

    @Test
    void aListInPlaceOfSettingsIsNamedOnce(CapturedOutput output) {
        refuses("""
                connector:
                  syncs:
                    - name: store
                      api-key: hush
                    - name: depot
                """, Map.of(), output);
        assertThat(report(output)).isEqualTo("""
                The settings have a problem:

                - connector.syncs: must be settings by name below this key, not a list (settings.yaml, line 3)
                """);
    }

    @Test
    void aListInPlaceOfAGroupIsNamedOnce(CapturedOutput output) {
        refuses(
                WORKING.replace(
                        "client-secret: hush", "client-secret: hush\n        repeat: [1, 2]\n        attributes: [a]"),
                Map.of(),
                output);

        assertThat(report(output)).isEqualTo("""
                The settings have 2 problems:

                - connector.syncs.warehouse.mdm.attributes: must be settings by name below this key, not a list (settings.yaml, line 11)
                - connector.syncs.warehouse.mdm.repeat: must be settings by name below this key, not a list (settings.yaml, line 10)
                """);
    }

    @Test
    void aFileThatHoldsNoSettingsByNameIsNamed(CapturedOutput output) {
        refuses("hush\n", Map.of(), output);

        assertThat(report(output)).contains("settings.yaml: holds a text in line 1, where settings by name belong");
    }

    @Test
    void aScheduleThatNeverComesIsNamed(CapturedOutput output) {
        refuses(WORKING.replace("0 30 4 * * ?", "0 30 4 1 1 ? 2020"), Map.of(), output);

        assertThat(report(output))
                .startsWith("The settings have a problem")
                .contains("warehouse.schedule = 0 30 4 1 1 ? 2020: never comes again");
    }

    @Test
    void hostsOfAnybodyAreAWarning(CapturedOutput output) {
        start(WORKING + "        smdp-hosts: [\"*.com\", \"*.go-esim.com\", \"*.co.uk\"]\n", Map.of());

        assertThat(output)
                .contains("WARN")
                .contains(
                        "connector.syncs.warehouse.celona.smdp-hosts: [*.com, *.co.uk] lets devices be sent to servers");
    }

    @Test
    void syncsThatTakeTheSameDevicesAreAWarning(CapturedOutput output) {
        String other = WORKING.substring(WORKING.indexOf("    warehouse:"));
        start(
                WORKING
                        + other.replace("warehouse", "yard")
                                .replace("      celona:", "        filter: a\n      celona:")
                        + other.replace("warehouse", "shop").replace("104242", "104243"),
                Map.of());

        assertThat(output.getOut().lines().filter(line -> line.contains("take the same devices")))
                .singleElement()
                .asString()
                .contains("WARN", "connector.syncs.warehouse and connector.syncs.yard have one celona.customer-id");
    }

    @Test
    void profilesOfOneNetworkForOneTenantAreAWarning(CapturedOutput output) {
        String profile = "        push: [command, profile]\n      celona:";
        String other = WORKING.substring(WORKING.indexOf("    warehouse:"))
                .replace("104242", "104243")
                .replace("      celona:", profile);
        start(
                WORKING.replace("      celona:", profile)
                        + other.replace("warehouse", "yard")
                        + other.replace("warehouse", "shop")
                                .replace("push:", "profile: { csg-network-identifier: 1A2B }\n        push:")
                        + other.replace("warehouse", "office").replace("example.jamf", "other.jamf"),
                Map.of());

        assertThat(output.getOut().lines().filter(line -> line.contains("push profiles with the same")))
                .singleElement()
                .asString()
                .contains("WARN", "connector.syncs.warehouse and connector.syncs.yard", "to one MDM tenant");
    }

    @Test
    void profilesOfOneNetworkByJamfAndIntuneAreAWarning(CapturedOutput output) {
        String profile = "        push: [command, profile]\n      celona:";
        String intune = WORKING.substring(WORKING.indexOf("    warehouse:"))
                .replace("platform: jamf", "platform: intune\n        tenant-id: t\n        intune.apple.group: g")
                .replace("      celona:", profile);
        start(
                WORKING.replace("      celona:", profile)
                        + intune.replace("warehouse", "yard")
                        + intune.replace("warehouse", "shop")
                                .replace("push:", "profile: { network-identifier: 1A2B }\n        push:")
                        + intune.replace("warehouse", "office").replace("104242", "104243"),
                Map.of());

        assertThat(output.getOut().lines().filter(line -> line.contains("push profiles with the same")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("connector.syncs.warehouse and connector.syncs.yard", "by two MDMs to the fleet"))
                .anySatisfy(line -> assertThat(line)
                        .contains("connector.syncs.office and connector.syncs.yard", "to one MDM tenant"));
    }

    @Test
    void aProfileByIntuneNeedsItsGroup(CapturedOutput output) {
        refuses(
                WORKING.replace(
                        "platform: jamf", "platform: intune\n        tenant-id: t\n        push: [command, profile]"),
                Map.of(),
                output);

        assertThat(report(output))
                .startsWith("The settings have a problem")
                .contains("warehouse.mdm.intune.apple.group", "missing: the object id of the Entra group");
    }

    @Test
    void noSyncIsAWarning(CapturedOutput output) {
        ConnectorSettings settings =
                StartedSettings.of(StartedSettings.write(folder, "connector:\n  workers: 3\n"), Map.of());

        assertThat(settings.syncs()).isEmpty();
        assertThat(settings.workers()).isEqualTo(3);
        assertThat(output)
                .contains("WARN")
                .contains("No sync is configured below connector.syncs, nor in config/syncs; nothing will run.")
                .contains(StartedSettings.LEDGER_OPENED);
    }

    private SyncSettings start(String yaml, Map<String, Object> variables) {
        ConnectorSettings settings = StartedSettings.of(StartedSettings.write(folder, yaml), variables);
        return Objects.requireNonNull(settings.syncs().get("warehouse"));
    }

    private void refuses(String yaml, Map<String, Object> variables, CapturedOutput output, String... arguments) {
        Path file = StartedSettings.write(folder, yaml);
        assertThatThrownBy(() -> StartedSettings.of(file, variables, arguments))
                .hasRootCauseInstanceOf(InvalidSettingsException.class);
        assertThat(output).doesNotContain("hush").doesNotContain(StartedSettings.LEDGER_OPENED);
    }

    /** The report as it is printed, with the folder of this test left out. */
    private String report(CapturedOutput output) {
        String all = output.getOut().replaceAll("/\\S+/(?=settings\\.yaml)", "");
        return all.substring(all.indexOf("The settings have", all.indexOf("Description:")), all.indexOf("Action:"))
                        .strip()
                + "\n";
    }
}
