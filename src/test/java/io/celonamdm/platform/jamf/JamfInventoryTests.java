package io.celonamdm.platform.jamf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.NotJson;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.rings.Slow;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class JamfInventoryTests {
    private static final String DETAIL = "/api/v2/mobile-devices/detail";

    private final PhoneFleet fleet = PhoneFleet.of(50, 7);

    @AutoClose
    private final Tenant tenant = new Tenant(fleet).set("mdm.page-size", 10);

    @Test
    void thousandDevicesWithTokensThatLiveForASecond() throws Exception {
        PhoneFleet thousand = PhoneFleet.of(1000, 7);
        try (Tenant large = new Tenant(thousand)) {
            large.jamf().settings().tokenLifetime(Duration.ofSeconds(1));
            large.jamf().faults().always("GET", DETAIL, Fault.slow(Duration.ofMillis(350)));

            large.pull();

            assertThat(large.pages())
                    .hasSize(5)
                    .allSatisfy(page -> assertThat(page).hasSize(200));
            assertThat(large.devices()).extracting(MdmDevice::eid).containsExactlyInAnyOrderElementsOf(thousand.eids());
            assertThat(large.completed()).isEqualTo(1);
            assertThat(large.jamf().log().count("POST", "/oauth/token")).isGreaterThan(1);
        }
    }

    @Test
    void oneTokenServesAllPages() throws Exception {
        tenant.pull();
        tenant.pull();

        assertThat(tenant.jamf().log().count("POST", "/oauth/token")).isEqualTo(1);
    }

    @Test
    void everyCallSaysWhoCalls() throws Exception {
        tenant.pull();

        assertThat(tenant.jamf().log().all())
                .hasSize(6)
                .allSatisfy(call -> assertThat(call.request().header("User-Agent"))
                        .hasValueSatisfying(agent -> assertThat(agent).startsWith("celona-mdm-connector/")));
    }

    @Test
    void tokenThatExpiresOnTheWay() throws Exception {
        tenant.pull();
        tenant.jamf().expireTokens();

        tenant.pull();

        assertThat(tenant.completed()).isEqualTo(2);
        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(5 + 6);
        assertThat(tenant.jamf().log().count("POST", "/oauth/token")).isEqualTo(2);
    }

    @Test
    void eachPageMayBeRefusedOnce() throws Exception {
        for (int page = 0; page < 5; page++) {
            tenant.jamf().faults().once("GET", DETAIL, Fault.status(401));
            tenant.jamf().faults().once("GET", DETAIL, (request, endpoint) -> endpoint.answer(request));
        }

        tenant.pull();

        assertThat(tenant.devices()).hasSize(50);
        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(10);
        assertThat(tenant.jamf().log().count("POST", "/oauth/token")).isEqualTo(6);
    }

    @Test
    void theNodeThatIssuedTheTokenIsAskedForThePages() throws Exception {
        tenant.jamf().faults().once("POST", "/oauth/token", (request, endpoint) -> {
            Answer answer = endpoint.answer(request);
            return new Answer(
                    answer.status(),
                    answer.contentType(),
                    answer.body(),
                    Map.of("Set-Cookie", "jpro-ingress=node-7; Path=/"));
        });

        tenant.pull();

        assertThat(tenant.jamf().log().of("GET", DETAIL))
                .isNotEmpty()
                .allSatisfy(page ->
                        assertThat(page.request().header("Cookie").orElse("")).contains("jpro-ingress=node-7"));
    }

    @Test
    void aFleetThatGrowsWithEachPageHasAnEnd() {
        AtomicInteger pages = new AtomicInteger();
        tenant.jamf().faults().always("GET", DETAIL, (request, endpoint) -> {
            int page = pages.incrementAndGet();
            return Answer.json(
                    200,
                    Map.of(
                            "totalCount",
                            1000 * page,
                            "results",
                            List.of(Map.of("mobileDeviceId", String.valueOf(page)))));
        });

        assertThatThrownBy(tenant::pull).hasMessageContaining("totalCount");
        assertThat(pages).hasValueLessThan(100);
    }

    @Test
    void pagesThatLeadInACircleHaveAnEnd() {
        AtomicInteger pages = new AtomicInteger();
        tenant.jamf().faults().always("GET", DETAIL, (request, endpoint) -> {
            int page = pages.incrementAndGet() % 2;
            List<Map<String, String>> results = IntStream.range(page * 5, page * 5 + 5)
                    .mapToObj(id -> Map.of("mobileDeviceId", String.valueOf(id)))
                    .toList();
            return Answer.json(
                    200, Map.of("totalCount", 1_000_000, "results", page == 1 ? results : results.subList(0, 1)));
        });

        assertThatThrownBy(tenant::pull).isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void pageRefusedTwice() {
        tenant.jamf().faults().times(2, "GET", DETAIL, Fault.status(401));

        assertThatThrownBy(tenant::pull)
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        failure -> assertThat(failure.getStatusCode()).isEqualTo(401));

        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(2);
        assertThat(tenant.completed()).isZero();
    }

    @Test
    void serverErrorIsLeftToTheCore() {
        tenant.jamf().faults().once("GET", DETAIL, Fault.status(500));

        assertThatThrownBy(tenant::pull).isInstanceOf(HttpOperationFailedException.class);

        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(1);
    }

    @Test
    void hiccupsOfAllKinds() throws Exception {
        tenant.jamf().faults().once("POST", "/oauth/token", Fault.status(503));
        tenant.jamf().faults().once("GET", DETAIL, (request, endpoint) -> endpoint.answer(request));
        tenant.jamf().faults().once("GET", DETAIL, Fault.status(503));
        tenant.jamf().faults().once("GET", DETAIL, Fault.status(401));

        tenant.pull();

        assertThat(tenant.devices()).hasSize(50);
        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(5 + 2);
    }

    @Test
    void webPageInsteadOfThePage() {
        tenant.jamf().faults().once("GET", DETAIL, (request, endpoint) -> endpoint.answer(request));
        tenant.jamf().faults().once("GET", DETAIL, Fault.html());

        assertThatThrownBy(tenant::pull).isInstanceOf(NotJson.class);

        assertThat(tenant.pages()).hasSize(1);
        assertThat(tenant.completed()).isZero();
    }

    @Test
    void truncatedPage() {
        tenant.jamf().faults().once("GET", DETAIL, Fault.truncated());

        assertThatThrownBy(tenant::pull).isInstanceOf(JsonProcessingException.class);

        assertThat(tenant.pages()).isEmpty();
        assertThat(tenant.completed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"results\":[]}",
                "{\"totalCount\":null,\"results\":[]}",
                "{\"totalCount\":-1,\"results\":[]}",
                "{\"totalCount\":\"many\",\"results\":[]}",
                "{\"totalCount\":0.0,\"results\":[]}",
                "{\"totalCount\":0,\"results\":[{\"mobileDeviceId\":\"1\"}]}",
                "{\"totalCount\":0}"
            })
    void noPageOfDevices(String body) {
        tenant.jamf().faults().once("GET", DETAIL, Fault.changedBody(page -> body));

        assertThatThrownBy(tenant::pull).isInstanceOf(UnreadableAnswer.class).hasMessageContaining("but got");

        assertThat(tenant.completed()).isZero();
    }

    @Test
    void aPageThatComesBackEmptyIsAskedForOnceMore() throws Exception {
        tenant.jamf().faults().once("GET", DETAIL, (request, endpoint) -> endpoint.answer(request));
        tenant.jamf().faults().once("GET", DETAIL, Fault.changedBody(page -> "{\"totalCount\":50,\"results\":[]}"));

        tenant.pull();

        assertThat(tenant.devices()).hasSize(50);
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void aDeviceDeletedWhileItIsPagedThroughVoidsNothing() throws Exception {
        Phone deleted = fleet.phones().get(0);
        tenant.jamf().faults().once("GET", DETAIL, (request, endpoint) -> {
            Answer page = endpoint.answer(request);
            fleet.remove(deleted);
            return page;
        });

        tenant.pull();

        assertThat(tenant.devices())
                .as("the first of the second page has moved")
                .hasSize(49);
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 51, 53})
    void aCountThatIsNotThatOfTheDevices(int count) throws Exception {
        tenant.jamf()
                .faults()
                .always(
                        "GET",
                        DETAIL,
                        Fault.changedBody(page -> page.replaceAll("\"totalCount\":\\d+", "\"totalCount\":" + count)));

        tenant.pull();

        assertThat(tenant.devices()).hasSize(50);
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "{}",
                "{\"mobileDeviceId\":\"ID\"}",
                "{\"mobileDeviceId\":\"ID\",\"general\":null,\"hardware\":{}}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{\"displayName\":{}},\"hardware\":{}}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{\"managed\":\"false\"},\"hardware\":{}}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{},\"hardware\":[]}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{},\"hardware\":{},\"groups\":\"Drivers\"}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{},\"hardware\":{},\"groups\":[3]}",
                "{\"mobileDeviceId\":\"ID\",\"general\":{},\"hardware\":{},\"network\":{\"eid\":[]}}"
            })
    void aRecordThatCannotBeReadCostsNoOther(String record) throws Exception {
        tenant.jamf().faults().once("GET", DETAIL, Fault.changedBody(page -> withFirst(page, record)));

        tenant.pull();

        assertThat(tenant.devices()).hasSize(49);
        assertThat(tenant.completed()).isEqualTo(1);
        assertThat(tenant.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.code()).isEqualTo(ReasonCode.RECORD_UNREADABLE);
            assertThat(broken.id()).isEqualTo(record.contains("ID") ? "ID" : "");
        });
    }

    @Test
    void whatIsNoTextInANameCostsNothing() throws Exception {
        tenant.jamf()
                .faults()
                .once(
                        "GET",
                        DETAIL,
                        Fault.changedBody(page -> "\uFEFF" + page.replaceFirst("\"displayName\":\"", "$0\u0001\n\t")));

        tenant.pull();

        assertThat(tenant.devices()).hasSize(50);
    }

    @Test
    void noDevices() throws Exception {
        tenant.set("mdm.filter", "serialNumber==nobody");

        tenant.pull();

        assertThat(tenant.devices()).isEmpty();
        assertThat(tenant.completed()).isEqualTo(1);
    }

    @Test
    void serverThatShowsTheFirstPageAgain() {
        List<String> first = new CopyOnWriteArrayList<>();
        tenant.jamf().faults().always("GET", DETAIL, Fault.changedBody(page -> {
            first.add(page);
            return first.get(0);
        }));

        assertThatThrownBy(tenant::pull).isInstanceOf(UnreadableAnswer.class);

        assertThat(tenant.completed()).isZero();
        assertThat(first).as("nothing new three times in a row").hasSize(4);
    }

    @Test
    void filterIsSentAsItIs() throws Exception {
        fleet.phones().get(3).join("Drivers & \"Friends\" 100% +1");
        String filter = "groupName==\"Drivers & \\\"Friends\\\" 100% +1\";managed==true";
        tenant.set("mdm.filter", filter);

        tenant.pull();

        assertThat(tenant.devices())
                .extracting(MdmDevice::serialNumber)
                .containsExactly(fleet.phones().get(3).serialNumber());
        assertThat(tenant.jamf().log().of("GET", DETAIL).get(0).request().query("filter"))
                .contains(filter);
        assertThat(tenant.devices().get(0).groups()).containsExactly("Drivers & \"Friends\" 100% +1");
    }

    /** The page with another first record. */
    private static String withFirst(String page, String record) {
        int start = page.indexOf("{\"mobileDeviceId\"");
        int end = page.indexOf(",{\"mobileDeviceId\"", start);
        return page.substring(0, start) + record + page.substring(end);
    }

    @Test
    void aLookIsOnePageThatBeginsWithTheLatestEnrolment() {
        tenant.set("mdm.filter", "managed==\"true\"");
        Phone early = fleet.add("Early").lastEnrolled(Instant.parse("2026-11-24T09:00:00Z"));
        Phone late = fleet.add("Late").lastEnrolled(Instant.parse("2026-11-24T09:10:00Z"));
        fleet.add("Unmanaged")
                .lastEnrolled(Instant.parse("2026-11-24T09:20:00Z"))
                .managed(false);

        List<MdmDevice> shown = tenant.look(Instant.parse("2026-11-24T09:00:00Z"));

        assertThat(shown).hasSize(10).extracting(MdmDevice::eid).startsWith(late.eid(), early.eid());
        assertThat(tenant.jamf().log().count("GET", DETAIL)).isEqualTo(1);
        assertThat(tenant.completed()).isZero();
    }
}
