package io.celonamdm.operations.notices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to a mail relay that are closed at a deadline, wherever their thread waits. Jakarta Mail adds TLS to
 * them by itself.
 */
final class MailSockets extends SocketFactory {
    private volatile Watch watch = new Watch();

    /** Closes the connections made from now on once the time is over. */
    Watch watch(Duration time) {
        Watch next = new Watch();
        CompletableFuture<?> unused = next.ended
                .copy()
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyAsync(late -> {
                    next.close();
                    return null;
                });
        watch = next;
        return next;
    }

    /** The connections of one mail. */
    static final class Watch {
        private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
        private volatile boolean over;

        boolean isOver() {
            return over;
        }

        void end() {
            ended.complete(null);
        }

        private void close() {
            over = true;
            sockets.forEach(Watch::close);
        }

        private <T extends Socket> T add(T socket) throws SocketException {
            sockets.add(socket);
            if (over) {
                close(socket);
                throw new SocketException("the deadline is over");
            }
            return socket;
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone, which is all that is asked for
            }
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        return watch.add(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return watch.add(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return watch.add(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return watch.add(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return watch.add(new Socket(host, port, from, fromPort));
    }
}
