package io.celonamdm.night;

import io.celonamdm.http.RawHost;
import io.celonamdm.http.RawHost.Talk;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A host with one fault; once recovered, it passes requests to the simulator behind it. */
final class FickleHost implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String NOTHING_MORE = "Content-Length: 0\r\nConnection: close\r\n\r\n";

    private final Sickness sickness;
    private final int behind;
    private final RawHost host = new RawHost(this::answer);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean well;

    /** How a host can be sick. */
    enum Sickness {
        /** It takes requests and says nothing. */
        SILENT,
        /** It says one byte of the head a second. */
        DRIPPING_HEAD,
        /** It says the head and then nothing. */
        SILENT_BODY,
        /** It says one byte of the body a second. */
        DRIPPING_BODY,
        /** Its body has no end. */
        ENDLESS_BODY,
        /** It leads from one address to the next. */
        REDIRECTS,
        /** It takes no token, however often it issues one. */
        UNAUTHORIZED,
        /** It has no service, and a page that says so. */
        UNAVAILABLE
    }

    FickleHost(Sickness sickness, String url) {
        this.sickness = sickness;
        this.behind = Integer.parseInt(url.replaceAll("^.*:", ""));
    }

    String url() {
        return "http://127.0.0.1:" + host.port();
    }

    /** How many requests came in while it was sick. */
    int requests() {
        return requests.get();
    }

    /** It recovers. */
    void recover() {
        well = true;
    }

    private void answer(Talk client) throws IOException {
        if (well) {
            client.passTo(behind);
            return;
        }
        int number = requests.incrementAndGet();
        switch (sickness) {
            case SILENT -> client.hang();
            case DRIPPING_HEAD -> client.drip(OK + "X-Patience: " + "a".repeat(10_000), 1000);
            case SILENT_BODY -> {
                client.say(OK + "Content-Length: 1000\r\n\r\n{");
                client.hang();
            }
            case DRIPPING_BODY -> {
                client.say(OK + "Content-Length: 10000\r\n\r\n");
                client.drip("{" + " ".repeat(10_000), 1000);
            }
            case ENDLESS_BODY -> {
                client.say(OK + "Connection: close\r\n\r\n{");
                client.forEver(" ".repeat(100_000), 0);
            }
            case REDIRECTS ->
                client.say("HTTP/1.1 302 Found\r\nLocation: " + url() + "/api/" + number + "\r\n" + NOTHING_MORE);
            case UNAUTHORIZED -> client.say("HTTP/1.1 401 Unauthorized\r\n" + NOTHING_MORE);
            case UNAVAILABLE -> client.say("HTTP/1.1 503 Service Unavailable\r\n" + NOTHING_MORE);
        }
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
