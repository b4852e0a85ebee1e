package io.celonamdm.platform.intune.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import io.celonamdm.platform.intune.graph.ParallelBatches.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests in batches: each is answered once, whatever becomes of others. */
class GraphBatchTests {
    private static final Instant NOW = Instant.parse("2026-11-30T04:30:00Z");

    private static List<Request> gets(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Request.get("id-" + i, "/" + i))
                .toList();
    }

    private static Request post(String id) {
        return new Request(id, "POST", "/" + id, Map.of("carrierUrl", "https://host"));
    }

    private static Map<String, Object> answers(List<String> ids, int status) {
        return Map.of(
                "responses",
                ids.stream()
                        .map(id -> Map.of("id", id, "status", status, "body", Map.of("of", id)))
                        .toList());
    }

    private static String body(GraphBatch batch) {
        return new String(batch.getBody(), StandardCharsets.UTF_8);
    }

    @Test
    void whatMayHaveChangedSomethingIsNotSentAgainBecauseItsAnswerIsMissing() throws Exception {
        GraphBatch batch = GraphBatch.once("/beta", List.of(post("one"), post("two"), post("three")));

        batch.read(answers(List.of("one", "three"), 204), NOW);

        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.answer("one").map(Answer::status)).hasValue(204);
        assertThat(batch.answer("two")).isEmpty();
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedOnceMoreAndKeepsNoOtherBack() throws Exception {
        GraphBatch batch = GraphBatch.once("/beta", gets(0, 3));

        batch.read(answers(List.of("id-0", "id-2"), 200), NOW);
        assertThat(body(batch)).contains("id-1").doesNotContain("id-0");
        batch.read(Map.of("responses", List.of()), NOW);

        assertThat(batch.isOpen()).isFalse();
        assertThat(batch.answer("id-1").map(Answer::good)).hasValue(false);
        assertThat(batch.answer("id-2").map(Answer::good)).hasValue(true);
    }

    @Test
    void anAnswerToNoneOfThemIsUnreadable() {
        GraphBatch batch = GraphBatch.once("/beta", List.of(post("one"), post("two")));

        assertThatThrownBy(() -> batch.read(answers(List.of("other"), 204), NOW))
                .isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> batch.read(Map.of("responses", List.of()), NOW))
                .isInstanceOf(UnreadableAnswer.class);
    }

    @Test
    void alsoNotOfTheSecondCallOfSuchRequests() throws Exception {
        GraphBatch batch = GraphBatch.once(
                "/beta", IntStream.range(0, 22).mapToObj(i -> post("id-" + i)).toList());
        batch.read(answers(gets(0, 20).stream().map(Request::id).toList(), 204), NOW);

        // it is looked for what became of them all
        assertThatThrownBy(() -> batch.read(answers(List.of("other"), 204), NOW))
                .isInstanceOf(UnreadableAnswer.class);
    }

    private static HttpOperationFailedException refusal(int status, Map<String, String> headers) {
        return new HttpOperationFailedException("graph", status, "", null, headers, "");
    }

    @ParameterizedTest
    @CsvSource({"429, Retry-After, 7, 7000", "429, X, 7, 1000", "503, retry-after, 9, 9000"})
    void aCallThatIsThrottledAsAWholeIsMadeAgain(int status, String header, String value, long millis)
            throws Exception {
        GraphBatch batch = GraphBatch.patient("/beta", gets(0, 3));

        batch.throttled(refusal(status, Map.of(header, value)), NOW);

        assertThat(batch.getPause()).isBetween(millis / 2, millis);
        assertThat(body(batch)).contains("id-0", "id-1", "id-2");
    }

    @ParameterizedTest
    @CsvSource({"429, 61", "503, ''"})
    void otherRefusalsAreHandedOn(int status, String retryAfter) {
        GraphBatch batch = GraphBatch.patient("/beta", gets(0, 3));
        HttpOperationFailedException refusal =
                refusal(status, retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter));

        assertThatThrownBy(() -> batch.throttled(refusal, NOW)).isSameAs(refusal);
    }

    @Test
    void throttlingWithoutEndIsHandedOn() throws Exception {
        GraphBatch batch = GraphBatch.patient("/beta", gets(0, 3));
        HttpOperationFailedException refusal = refusal(429, Map.of("Retry-After", "1"));

        for (int i = 0; i < 5; i++) {
            batch.throttled(refusal, NOW);
        }

        assertThatThrownBy(() -> batch.throttled(refusal, NOW)).isSameAs(refusal);
    }

    @Test
    void requestsThatAreMadeOnceWaitForNothing() {
        GraphBatch batch = GraphBatch.once("/beta", gets(0, 3));
        HttpOperationFailedException refusal = refusal(429, Map.of("Retry-After", "1"));

        assertThatThrownBy(() -> batch.throttled(refusal, NOW)).isSameAs(refusal);
    }

    /** The ids that a batch asks for. */
    private static List<String> ids(GraphBatch batch) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "id-" + i)
                .filter(id -> body(batch).contains("\"" + id + "\""))
                .toList();
    }

    private static List<GraphBatch> all(ParallelBatches batches, int calls) {
        batches.begin(calls);
        List<GraphBatch> taken = new ArrayList<>();
        for (Lane lane : batches.getLanes()) {
            while (lane.hasNext()) {
                taken.add(lane.next());
            }
        }
        return taken;
    }

    @Test
    void everyRequestIsInOneBatchOfTwenty() {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 45));

        List<GraphBatch> taken = all(batches, 5);

        assertThat(taken).extracting(GraphBatch::size).containsExactly(20, 20, 5);
        assertThat(taken.stream().flatMap(batch -> ids(batch).stream()))
                .hasSize(45)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 0", "20, 5, 1", "45, 5, 3", "45, 2, 2", "200, 1, 1"})
    void noMoreLanesThanCallsOrBatches(int requests, int calls, int lanes) {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, requests));
        batches.begin(calls);

        assertThat(batches.getLanes()).hasSize(lanes);
        assertThat(batches.getLanes().stream().filter(lane -> !lane.isAlongside()))
                .hasSize(Math.min(1, lanes));
    }

    @Test
    void answersAreFoundInWhateverOrderBatchesEnd() throws Exception {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 45));
        List<GraphBatch> taken = all(batches, 5);
        Collections.reverse(taken);

        for (GraphBatch batch : taken) {
            batch.read(answers(ids(batch), 200), NOW);
        }

        for (Request request : gets(0, 45)) {
            assertThat(batches.answer(request.id()).map(answer -> answer.body().textOrEmpty("of")))
                    .hasValue(request.id());
        }
        assertThat(batches.answer("id-45")).isEmpty();
        assertThat(batches.forbidden()).isEmpty();
    }

    @Test
    void onceABatchHasFailedNoOtherIsBegunAndARepetitionAsksForTheRest() throws Exception {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 60));
        batches.begin(2);
        List<Lane> lanes = batches.getLanes();
        assertThat(lanes).allMatch(Lane::hasNext);
        GraphBatch first = lanes.get(0).next();
        first.read(answers(ids(first), 200), NOW);

        batches.failed(new IllegalStateException("first"));
        batches.failed(new IllegalStateException("second"));

        assertThat(lanes).noneMatch(Lane::hasNext);
        assertThat(batches.failure()).hasValueSatisfying(why -> assertThat(why).hasMessage("first"));
        assertThat(all(batches, 2).stream().flatMap(batch -> ids(batch).stream()))
                .containsExactlyElementsOf(
                        gets(20, 60).stream().map(Request::id).toList());
        assertThat(batches.failure()).isEmpty();
    }

    @Test
    void throttlingOfOneBatchIsHeededByAll() throws Exception {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 40));
        List<GraphBatch> taken = all(batches, 2);

        taken.get(0).throttled(refusal(429, Map.of("Retry-After", "30")), NOW);

        assertThat(taken.get(1).getPause()).isBetween(20_000L, 30_000L);
        assertThat(taken.get(0).getPause()).isBetween(20_000L, 30_000L);
    }

    @Test
    void aPauseThatWasWaitedForByAnyClockIsOver() throws Exception {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 60));
        List<GraphBatch> taken = all(batches, 3);
        taken.get(0).throttled(refusal(429, Map.of("Retry-After", "30")), NOW);

        taken.forEach(GraphBatch::begins);
        assertThat(taken).allMatch(batch -> batch.getPause() > 0);
        taken.get(0).begins();
        taken.get(1).begins();
        assertThat(taken).extracting(batch -> batch.getPause() > 0).containsExactly(false, false, true);

        // throttled for longer meanwhile
        taken.get(1).throttled(refusal(429, Map.of("Retry-After", "60")), NOW);
        assertThat(taken).allMatch(batch -> batch.getPause() > 30_000);
    }

    @Test
    void aPermissionIsMissingOnlyIfEveryRequestSaysSo() throws Exception {
        ParallelBatches batches = ParallelBatches.of("/beta", gets(0, 40));
        List<GraphBatch> taken = all(batches, 2);

        taken.get(0).read(answers(ids(taken.get(0)), 403), NOW);
        assertThat(batches.forbidden()).isEmpty();
        taken.get(1).read(answers(ids(taken.get(1)), 403), NOW);

        assertThat(batches.forbidden().map(Answer::status)).hasValue(403);
    }
}
