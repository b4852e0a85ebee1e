package io.celonamdm.simulator.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** All requests that a simulator received, in order. */
public final class RequestLog {
    private final List<LoggedRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger maxConcurrent = new AtomicInteger();

    RequestLog() {}

    /** All requests. */
    public List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** The requests of a method (empty: any) whose path contains the given part. */
    public List<LoggedRequest> of(String method, String pathPart) {
        return requests.stream()
                .filter(logged -> logged.request().is(method, pathPart))
                .toList();
    }

    /** How many such requests came in. */
    public int count(String method, String pathPart) {
        return of(method, pathPart).size();
    }

    /** The requests other than GET. */
    public List<LoggedRequest> writes() {
        return requests.stream()
                .filter(logged -> !logged.request().method().equals("GET"))
                .toList();
    }

    /**
     * Waits until at least n such requests came in, answered or not.
     *
     * @throws ConditionTimeoutException if they do not within the timeout
     */
    public List<LoggedRequest> await(String method, String pathPart, int n, Duration timeout) {
        return await(() -> of(method, pathPart), n, timeout);
    }

    /**
     * Waits until at least n such requests are answered or hung up.
     *
     * @throws ConditionTimeoutException if they are not within the timeout
     */
    public List<LoggedRequest> awaitOver(String method, String pathPart, int n, Duration timeout) {
        return await(
                () -> of(method, pathPart).stream().filter(LoggedRequest::over).toList(), n, timeout);
    }

    /** The largest number of requests that were in progress at one time. */
    public int maxConcurrent() {
        return maxConcurrent.get();
    }

    /** Forgets all requests and the largest number of concurrent ones. */
    public void clear() {
        requests.clear();
        maxConcurrent.set(inProgress.get());
    }

    LoggedRequest begin(Request request) {
        maxConcurrent.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
        LoggedRequest logged = new LoggedRequest(request);
        requests.add(logged);
        return logged;
    }

    void end(LoggedRequest logged) {
        inProgress.decrementAndGet();
        logged.end();
    }

    private static List<LoggedRequest> await(Supplier<List<LoggedRequest>> found, int n, Duration timeout) {
        return Awaitility.await(n + " requests")
                .atMost(timeout)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(found::get, requests -> requests.size() >= n);
    }
}
