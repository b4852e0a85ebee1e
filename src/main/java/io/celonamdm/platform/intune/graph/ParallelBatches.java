package io.celonamdm.platform.intune.graph;

import io.celonamdm.platform.intune.graph.GraphBatch.Answer;
import io.celonamdm.platform.intune.graph.GraphBatch.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that read, of which several batches go out at once. What is answered is found by the request, in whatever
 * order the batches end; if one of them fails, a repetition asks only for what is left.
 */
public final class ParallelBatches {
    private final Gate gate = new Gate();
    private final List<GraphBatch> batches = new ArrayList<>();
    private final Map<String, GraphBatch> byRequest = new HashMap<>();
    private final Queue<GraphBatch> left = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int most = 1;

    private ParallelBatches() {}

    /** Requests that are repeated after the requested delay when they are throttled. */
    public static ParallelBatches of(String version, Collection<Request> requests) {
        Map<String, Request> distinct = new LinkedHashMap<>();
        requests.forEach(request -> distinct.putIfAbsent(request.id(), request));
        List<Request> all = List.copyOf(distinct.values());
        ParallelBatches parallel = new ParallelBatches();
        for (int from = 0; from < all.size(); from += GraphBatch.MOST) {
            List<Request> part = all.subList(from, Math.min(all.size(), from + GraphBatch.MOST));
            GraphBatch batch = GraphBatch.patient(version, part, parallel.gate);
            parallel.batches.add(batch);
            part.forEach(request -> parallel.byRequest.put(request.id(), batch));
        }
        return parallel;
    }

    /**
     * Begins with what is not answered yet.
     *
     * @param calls how many calls may be under way at once
     */
    void begin(int calls) {
        failure.set(null);
        gate.reopen();
        left.clear();
        batches.stream().filter(batch -> !batch.isAnswered()).forEach(left::add);
        most = Math.min(calls, left.size());
    }

    /** One for each call that may be under way at once. */
    public List<Lane> getLanes() {
        return IntStream.range(0, most).mapToObj(Lane::new).toList();
    }

    /** Records the failure of a batch; none is begun any more. */
    void failed(Exception why) {
        failure.compareAndSet(null, why);
        gate.closeForGood();
    }

    /** The first failure of a batch. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** The answer to a request. */
    public Optional<Answer> answer(String id) {
        return Optional.ofNullable(byRequest.get(id)).flatMap(batch -> batch.answer(id));
    }

    /** The refusal, if each of several requests lacked a permission. */
    public Optional<Answer> forbidden() {
        List<Optional<Answer>> refusals =
                batches.stream().map(GraphBatch::forbidden).toList();
        return refusals.stream().allMatch(Optional::isPresent)
                ? refusals.stream().flatMap(Optional::stream).findFirst()
                : Optional.empty();
    }

    /** Makes one call after another, beside the other lanes. */
    public final class Lane {
        private final int number;
        private @Nullable GraphBatch batch;

        private Lane(int number) {
            this.number = number;
        }

        /** Whether its calls come on top of those of another lane. */
        public boolean isAlongside() {
            return number > 0;
        }

        /** Takes the next batch that no lane has taken. */
        public boolean hasNext() {
            batch = gate.isShut() ? null : left.poll();
            return batch != null;
        }

        /** The batch taken. */
        public GraphBatch next() {
            if (batch == null) {
                throw new IllegalStateException("no batch is left");
            }
            return batch;
        }
    }
}
