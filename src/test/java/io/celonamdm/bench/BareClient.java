package io.celonamdm.bench;

import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.web.FilePart;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Sends requests that were sent before, as many at once as are permitted, and throws the answers away. */
final class BareClient implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION = caseless("Content-Length", "Transfer-Encoding", "Connection");
    private static final Set<String> OF_THE_BODY = caseless("Content-Type");

    private final CloseableHttpClient http = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(100)
                    .setMaxConnTotal(100)
                    .build())
            .disableAutomaticRetries()
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Sends both vendors what they have got so far, at the same time, and returns how long it took. */
    Duration repeat(Simulation simulation) {
        List<ClassicHttpRequest> jamf =
                requests(simulation.jamf().log(), simulation.jamf().url());
        List<ClassicHttpRequest> celona =
                requests(simulation.celona().log(), simulation.celona().url());
        long begin = System.nanoTime();
        CompletableFuture.allOf(send(jamf, NewDevices.JAMF_AT_ONCE), send(celona, NewDevices.CELONA_AT_ONCE))
                .join();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static List<ClassicHttpRequest> requests(RequestLog log, String url) {
        return log.all().stream().map(each -> of(each.request(), url)).toList();
    }

    private CompletableFuture<Void> send(List<ClassicHttpRequest> requests, int atOnce) {
        ConcurrentLinkedQueue<ClassicHttpRequest> queue = new ConcurrentLinkedQueue<>(requests);
        return CompletableFuture.allOf(IntStream.range(0, atOnce)
                .mapToObj(each -> CompletableFuture.runAsync(() -> sendAll(queue), threads))
                .toArray(CompletableFuture[]::new));
    }

    private void sendAll(ConcurrentLinkedQueue<ClassicHttpRequest> queue) {
        try {
            for (ClassicHttpRequest request = queue.poll(); request != null; request = queue.poll()) {
                http.execute(request, answer -> {
                    EntityUtils.consume(answer.getEntity());
                    return answer.getCode();
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassicHttpRequest of(Request request, String url) {
        String query = request.query().entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        ClassicRequestBuilder builder = ClassicRequestBuilder.create(request.method())
                .setUri(url + request.path() + (query.isEmpty() ? "" : "?" + query));
        boolean multipart = !request.files().isEmpty();
        request.headers().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name) && !(multipart && OF_THE_BODY.contains(name))) {
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        if (multipart) {
            MultipartEntityBuilder parts = MultipartEntityBuilder.create();
            request.form().forEach((name, values) -> values.forEach(value -> parts.addTextBody(name, value)));
            for (FilePart file : request.files()) {
                parts.addBinaryBody(
                        file.name(),
                        file.text().orElseThrow().getBytes(StandardCharsets.UTF_8),
                        ContentType.create("text/csv"),
                        file.fileName());
            }
            builder.setEntity(parts.build());
        } else if (!request.body().isEmpty()) {
            builder.setEntity(request.body().getBytes(StandardCharsets.UTF_8), null);
        }
        return builder.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        http.close();
    }
}
