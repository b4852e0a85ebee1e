package io.celonamdm.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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

/** A host that answers whatever a test likes, byte by byte, as long as it likes. */
public final class RawHost implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final boolean talkative;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is sent to somebody who has sent the head of a request. */
    @FunctionalInterface
    public interface Script {
        void answer(Talk client) throws IOException;
    }

    /** A host that speaks before it is asked. */
    public static RawHost talkative(Script script) {
        return new RawHost(script, true);
    }

    public RawHost(Script script) {
        this(script, false);
    }

    private RawHost(Script script, boolean talkative) {
        this.talkative = talkative;
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many requests came in. */
    public int requests() {
        return requests.get();
    }

    /** How many connections nobody has closed. */
    int open() {
        return connections.size();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw host");
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
            Talk talk = new Talk(new BufferedInputStream(connection.getInputStream()), connection.getOutputStream());
            for (boolean answers = talkative || talk.readHead(); answers; answers = talk.readHead()) {
                requests.incrementAndGet();
                script.answer(talk);
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            connections.remove(connection);
        }
    }

    /** One client. */
    public final class Talk {
        private final InputStream in;
        private final OutputStream out;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();

        private Talk(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        private boolean readHead() throws IOException {
            head.reset();
            int newlines = 0;
            for (int each = in.read(); each >= 0; each = in.read()) {
                head.write(each);
                newlines = each == '\n' ? newlines + 1 : each == '\r' ? newlines : 0;
                if (newlines == 2) {
                    return true;
                }
            }
            return false;
        }

        /** Passes the request, and all that follows it, to another port, and what comes back. */
        public void passTo(int port) throws IOException {
            try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
                start(() -> {
                    try (in;
                            other) {
                        other.getInputStream().transferTo(out);
                    } catch (IOException e) {
                        // somebody has gone
                    }
                });
                head.writeTo(other.getOutputStream());
                in.transferTo(other.getOutputStream());
            }
        }

        public void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Says nothing until the client has gone. */
        public void hang() throws IOException {
            while (in.read() >= 0) {
                // whatever else it says
            }
        }

        /** Says a text character by character, with a pause after each, until the client has gone. */
        public void drip(String text, int pause) throws IOException {
            for (int i = 0; i < text.length() && closed.getCount() > 0; i++) {
                say(text.substring(i, i + 1));
                pause(pause);
            }
        }

        /** Says the same again and again, with a pause in between, until the client has gone. */
        public void forEver(String text, int pause) throws IOException {
            while (closed.getCount() > 0) {
                say(text);
                pause(pause);
            }
        }

        private void pause(int milliseconds) {
            try {
                closed.await(milliseconds, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
