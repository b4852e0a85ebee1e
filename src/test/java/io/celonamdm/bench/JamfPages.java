package io.celonamdm.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Jamf Pro's inventory of a large fleet, made beforehand, so that serving it costs next to nothing. The records are those
 * of the simulator, with other numbers in them; a command is never sent.
 */
final class JamfPages implements AutoCloseable {
    static final int PAGE_SIZE = 1000;

    private static final Pattern PAGE = Pattern.compile("(?:^|&)page=(\\d+)");
    private static final byte[] TOKEN =
            "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"api-role:1\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<byte[]> pages;
    private volatile @Nullable Instant first;

    JamfPages(int devices) {
        RecordTemplate template = RecordTemplate.ofSimulator();
        int count = (devices + PAGE_SIZE - 1) / PAGE_SIZE;
        pages = IntStream.range(0, count)
                .mapToObj(page -> page(template, devices, page * PAGE_SIZE))
                .toList();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/oauth/token", exchange -> answer(exchange, TOKEN));
        server.createContext("/api/v2/mobile-devices/detail", this::answerPage);
        server.start();
    }

    /** The address of the server. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many pages there are. */
    int count() {
        return pages.size();
    }

    /** When the first page was asked for since this was asked the last time. */
    Instant firstRequest() {
        Instant time = first;
        if (time == null) {
            throw new IllegalStateException("no page was asked for");
        }
        first = null;
        return time;
    }

    private static byte[] page(RecordTemplate template, int devices, int from) {
        StringBuilder page = new StringBuilder("{\"totalCount\":" + devices + ",\"results\":[");
        for (int device = from; device < Math.min(devices, from + PAGE_SIZE); device++) {
            page.append(device == from ? "" : ",");
            template.write(device, page);
        }
        return page.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void answerPage(HttpExchange exchange) throws IOException {
        if (first == null) {
            first = Instant.now();
        }
        Matcher page = PAGE.matcher(exchange.getRequestURI().getRawQuery());
        if (!page.find()) {
            throw new IllegalArgumentException("no page is asked for");
        }
        answer(exchange, pages.get(Integer.parseInt(page.group(1))));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
