package io.celonamdm.night;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A host with one fault; once recovered, it passes requests to the simulator behind it. */
final class FickleHost implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final Sickness sickness;
    private final int behind;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
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
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many requests came in while it was sick. */
    int requests() {
        return requests.get();
    }

    /** It recovers. */
    void recover() {
        well = true;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fickle host");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (well) {
                pass(connection);
            } else if (readHead(connection.getInputStream())) {
                requests.incrementAndGet();
                answer(connection.getOutputStream());
            }
        } catch (IOException e) {
            // somebody has gone
        } finally {
            connections.remove(connection);
        }
    }

    private void pass(Socket client) throws IOException {
        try (Socket host = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            start(() -> {
                try (client;
                        host) {
                    host.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    // somebody has gone
                }
            });
            client.getInputStream().transferTo(host.getOutputStream());
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        int newlines = 0;
        for (int each = in.read(); each >= 0; each = in.read()) {
            newlines = each == '\n' ? newlines + 1 : each == '\r' ? newlines : 0;
            if (newlines == 2) {
                return true;
            }
        }
        return false;
    }

    private void answer(OutputStream out) throws IOException {
        switch (sickness) {
            case SILENT -> pause(Integer.MAX_VALUE);
            case DRIPPING_HEAD -> drip(out, OK + "X-Patience: " + "a".repeat(10_000));
            case SILENT_BODY -> {
                say(out, OK + "Content-Length: 1000\r\n\r\n{");
                pause(Integer.MAX_VALUE);
            }
            case DRIPPING_BODY -> {
                say(out, OK + "Content-Length: 10000\r\n\r\n");
                drip(out, "{" + " ".repeat(10_000));
            }
            case ENDLESS_BODY -> {
                say(out, OK + "Connection: close\r\n\r\n{");
                while (closed.getCount() > 0) {
                    say(out, " ".repeat(100_000));
                }
            }
            case REDIRECTS ->
                say(out, "HTTP/1.1 302 Found\r\nLocation: " + url() + "/api/" + requests + "\r\n" + empty());
            case UNAUTHORIZED -> say(out, "HTTP/1.1 401 Unauthorized\r\n" + empty());
            case UNAVAILABLE -> say(out, "HTTP/1.1 503 Service Unavailable\r\n" + empty());
        }
    }

    private static String empty() {
        return "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private void drip(OutputStream out, String text) throws IOException {
        for (int i = 0; i < text.length() && closed.getCount() > 0; i++) {
            say(out, text.substring(i, i + 1));
            pause(1000);
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void pause(int milliseconds) {
        try {
            closed.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
