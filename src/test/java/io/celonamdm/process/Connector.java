package io.celonamdm.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.celonamdm.login.Login;
import io.celonamdm.simulator.web.Client;
import io.celonamdm.simulator.web.Client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A connector that runs, and what its endpoints answer. */
abstract class Connector implements AutoCloseable {
    private final String address;
    private final Client actuator;

    /** @param port its port of the endpoints */
    Connector(int port) {
        address = "127.0.0.1:" + port + "/actuator";
        actuator = new Client("http://" + address, "Authorization", Login.OPERATOR.header());
    }

    /** Ends in good order. */
    abstract void stop();

    /** The end of what it has said, for the message of an assertion. */
    abstract String tail();

    @Override
    public abstract void close();

    /** Whether it answers that it is ready. */
    boolean isReady() {
        try {
            return actuator.get("/health/readiness").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks for a run: the HTTP status. */
    int run(String sync) {
        return post("/syncs/" + sync, "{\"action\":\"run\"}").status();
    }

    /** Sends JSON to an endpoint. */
    Reply post(String path, String json) {
        try {
            return actuator.send("POST", path, "application/json", json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host, port and path of its endpoints. */
    String address() {
        return address;
    }

    /** What an endpoint answers, whatever that is. */
    Reply ask(String path) {
        try {
            return actuator.get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sync at a glance. */
    JsonNode sync(String name) {
        return get("/syncs/" + name);
    }

    /** The runs of a sync, the latest first. */
    JsonNode runs(String sync) {
        return get("/runs?limit=500&sync=" + sync);
    }

    /** What an endpoint shows. */
    JsonNode get(String path) {
        Reply reply = ask(path);
        if (reply.status() != 200) {
            throw new AssertionError(path + " answered " + reply.status() + tail());
        }
        return reply.json();
    }

    /** Waits until no run of a sync is open. */
    void awaitClosed(String sync, Duration patience) {
        await("the end of the run", patience, () -> sync(sync), view -> !view.hasNonNull("openRun"));
    }

    /** The same, and waits for phones that are heard of later, which keep no run open. */
    void awaitEveryPhone(String sync, Duration patience) {
        awaitClosed(sync, patience);
        await(
                "every phone heard of",
                patience,
                () -> sync(sync).path("devices"),
                devices -> !devices.has("WAITING") && !devices.has("IN_FLIGHT"));
    }

    /** Waits for something; if it does not come, the end of the log says what came instead. */
    <T> T await(String what, Duration patience, Callable<T> look, Predicate<T> found) {
        try {
            return Awaitility.await(what)
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(250))
                    .until(look, found);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + tail(), e);
        }
    }
}
