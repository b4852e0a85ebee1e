package io.celonamdm.simulator.celona;

import static io.celonamdm.simulator.celona.CelonaCalls.EID;
import static io.celonamdm.simulator.celona.CelonaCalls.OTHER_EID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelonaSimulatorTest {
    private static final String ONE_PHONE = "EID,Name\n" + EID + ",iphone11SE\n";

    private final CelonaSimulator celona = CelonaSimulator.start();
    private final CelonaCalls calls = new CelonaCalls(celona);

    @BeforeEach
    void stock() {
        celona.stock(IntStream.range(3474, 3484)
                        .mapToObj("8910521203310000%d"::formatted)
                        .toArray(String[]::new))
                .settings()
                .assignDelay(Duration.ZERO);
    }

    @AfterEach
    void close() {
        celona.close();
    }

    @Test
    void assignEidAnswersLikeTheSampleRun() throws IOException {
        Reply reply = calls.assign(ONE_PHONE);

        assertThat(reply.body())
                .matches(
                        "\\{\"code\":202,\"data\":\\{\"request_id\":\"[0-9a-f-]{36}\","
                                + "\"server_url\":\"https://sm-v4-072-d-gtm.pr.go-esim.com\"},\"error\":\"\",\"success\":true}");
    }

    @Test
    void eidStatusAnswersLikeTheSampleRun() throws IOException {
        Reply reply = calls.status(calls.requestId(ONE_PHONE));

        assertThat(reply.body())
                .isEqualTo("{\"code\":200,\"data\":{\"configs\":[{\"eid\":\"" + EID
                        + "\",\"iccid\":\"89105212033100003474\",\"name\":\"iphone11SE\",\"status\":\"SUCCESS\"}]},"
                        + "\"error\":\"\",\"success\":true}");
    }

    @Test
    void anAssignmentIsPendingOrOmittedUntilItIsProcessed() throws IOException {
        celona.settings().assignDelay(Duration.ofHours(1));
        String requestId = calls.requestId(ONE_PHONE);

        assertThat(configs(requestId).get(0).path("status").asText()).isEqualTo("PENDING");
        celona.settings().beforeSuccess(BeforeSuccess.OMITTED);
        assertThat(configs(requestId)).isEmpty();
    }

    @Test
    void theSameEidTwiceBurnsTwoEsims() throws IOException {
        calls.assign(ONE_PHONE);
        calls.assign(ONE_PHONE);
        calls.assign("EID,Name\n" + OTHER_EID + ",other\n");

        assertThat(celona.truth().eidsAssignedTwice()).containsExactly(EID);
        assertThat(celona.truth().iccidsOf(EID)).containsExactly("89105212033100003474", "89105212033100003475");
        assertThat(celona.truth().available()).isEqualTo(7);
    }

    @Test
    void aGivenIccidIsMappedAndMayBeGivenAgain() throws IOException {
        String csv = "EID,Name,ICCID\n" + EID + ",phone,89105212033100003480\n";
        calls.assign(csv);
        Reply reply = calls.status(calls.requestId(csv));

        assertThat(reply.json().findPath("iccid").asText()).isEqualTo("89105212033100003480");
        assertThat(celona.truth().eidsAssignedTwice()).isEmpty();
        assertThat(celona.truth().iccidsOf(EID)).containsExactly("89105212033100003480");
    }

    @Test
    void anUnknownIccidFailsItsRow() throws IOException {
        String requestId = calls.requestId("EID,Name,ICCID\n" + EID + ",phone,1234\n" + OTHER_EID + ",phone,\n");

        assertThat(configs(requestId))
                .extracting(config -> config.path("status").asText())
                .containsExactly("FAILED", "SUCCESS");
    }

    @Test
    void anEmptyPoolRefusesTheBatchOrFailsRows() throws IOException {
        celona.emptyPool();
        celona.stock(1);
        String two = "EID,Name\n" + EID + ",a\n" + OTHER_EID + ",b\n";

        Reply refused = calls.assign(two);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"code\":400,\"data\":null,\"error\":\"No available eSIMs\",\"success\":false}");
        assertThat(celona.truth().available()).isEqualTo(1);

        celona.settings().whenPoolEmpty(WhenPoolEmpty.FAIL_ROWS);
        assertThat(configs(calls.requestId(two)))
                .extracting(config -> config.path("status").asText())
                .containsExactly("SUCCESS", "FAILED");
    }

    @Test
    void aRefusedEidGetsNoEsim() throws IOException {
        celona.mishaps().refuse(EID, "FAILED");

        assertThat(configs(calls.requestId(ONE_PHONE)).get(0).path("status").asText())
                .isEqualTo("FAILED");
        assertThat(celona.truth().available()).isEqualTo(10);
        celona.mishaps().mend(EID);
        assertThat(configs(calls.requestId(ONE_PHONE)).get(0).path("status").asText())
                .isEqualTo("SUCCESS");
    }

    @Test
    void aWrongKeyOrAForeignCustomerIsForbidden() throws IOException {
        Reply wrongKey = new CelonaCalls(celona, "wrong").assign(ONE_PHONE);
        assertThat(wrongKey.status()).isEqualTo(403);
        assertThat(wrongKey.body()).isEqualTo("{\"code\":403,\"data\":null,\"error\":\"Forbidden\",\"success\":false}");

        Reply foreign = calls.client()
                .upload("/v1/api/rsp/esims/assign-eid?customer_id=9", "eidFile", ONE_PHONE, "customer_id", "9");
        assertThat(foreign.status()).isEqualTo(403);
    }

    @Test
    void theCustomerIsWantedInQueryAndForm() throws IOException {
        assertThat(calls.client()
                        .upload(calls.assignPath(), "eidFile", ONE_PHONE, "", "")
                        .status())
                .isEqualTo(400);
        assertThat(calls.client()
                        .upload(calls.assignPath(), "file", ONE_PHONE, "customer_id", "104242")
                        .status())
                .isEqualTo(400);
        assertThat(calls.client()
                        .send("POST", calls.assignPath(), "application/json", "{}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EID,Name\n",
                EID + ",phone\n",
                "\uFEFFEID,Name\n" + EID + ",phone\n",
                "eid,name\n" + EID + ",phone\n",
                "EID,Name\n" + EID + "\n",
                "EID,Name\n" + EID + ",phone,extra\n",
                "EID,Name\n8.90490321234512E+31,phone\n",
                "EID,Name\n" + EID + ",\n",
                "EID,Name\n" + EID + ",phone\n\n" + OTHER_EID + ",phone\n",
            })
    void aMalformedFileIsRefused(String csv) throws IOException {
        Reply reply = calls.assign(csv);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("success").asBoolean(true)).isFalse();
        assertThat(celona.truth().available()).isEqualTo(10);
    }

    @Test
    void unknownRequestsAre404AndUnknownPathsAWebPage() throws IOException {
        String requestId = calls.requestId(ONE_PHONE);
        celona.forgetRequests();

        assertThat(calls.status(requestId).status()).isEqualTo(404);
        Reply page = calls.client().get("/v1/api/rsp/esims/nonsense");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/html");
    }

    @Test
    void theContentOfAnswersCanBeFaulty() throws IOException {
        celona.faults().once("POST", "assign-eid", CelonaFaults.unsuccessful(500, "database"));
        assertThat(calls.assign(ONE_PHONE).body())
                .isEqualTo("{\"code\":500,\"data\":null,\"error\":\"database\",\"success\":false}");
        celona.faults().once("POST", "assign-eid", CelonaFaults.dataNull());
        assertThat(calls.assign(ONE_PHONE).json().path("data").isNull()).isTrue();
        celona.faults().once("GET", "eid-status", CelonaFaults.eidStatus("REJECTED", EID));
        assertThat(configs(calls.requestId(ONE_PHONE)).get(0).path("status").asText())
                .isEqualTo("REJECTED");
    }

    private JsonNode configs(String requestId) throws IOException {
        return calls.status(requestId).json().path("data").path("configs");
    }
}
