package io.celonamdm.night;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connection between the connector and a server: it can be cut, swallow data, and be repaired. */
final class Wire implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;
    private @Nullable ServerSocket entrance;

    Wire(int target) {
        this.target = target;
        this.port = open(0);
    }

    int port() {
        return port;
    }

    /** Connections break off, and new ones are refused. */
    synchronized void cut() {
        try {
            if (entrance != null) {
                entrance.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ends.forEach(Wire::breakOff);
        ends.clear();
    }

    private static void breakOff(Socket end) {
        try (end) {
            end.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed before
        }
    }

    synchronized void mend() {
        open(port);
    }

    /** What is sent arrives nowhere, and nobody says so; what was swallowed stays lost. */
    void swallow(boolean now) {
        swallows = now;
    }

    private synchronized int open(int wanted) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
            entrance = opened;
            start(() -> accept(opened));
            return opened.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                Socket client = opened.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                ends.add(client);
                ends.add(server);
                start(() -> carry(client, server));
                start(() -> carry(server, client));
            }
        } catch (IOException e) {
            // cut
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!swallows) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // cut
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
    }
}
