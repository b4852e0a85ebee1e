package io.celonamdm.operations.client;

import io.celonamdm.files.FileTrouble;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.text.Excerpt;
import io.celonamdm.text.Invisible;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A connector that runs, asked over its management port; each call ends by one deadline, and none is repeated. */
final class Remote {
    private static final int LONGEST_QUOTE = 200;
    /** Far above what the endpoints answer: an export has at most 100,000 dead letters. */
    private static final int LONGEST_ANSWER = 100 << 20;

    private static final String ADDRESS_REMEDY =
            "Is the connector running there? --url or MDM_CONNECTOR_URL names its management port.";

    private final Connection connection;
    private final URI address;
    private final String login;
    private final HttpClient client;

    Remote(Connection connection) {
        this.connection = connection;
        address = connection.address();
        login = connection.login();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connection.patience());
        if ("https".equals(address.getScheme()) && !connection.authorities().isEmpty()) {
            builder.sslContext(trusting(connection.authorities()));
        }
        client = builder.build();
    }

    /** What the connector answered; a text that is not JSON, such as CSV, has no fields. */
    record Answer(String text, @Nullable Object json) {
        Fields object() {
            return Fields.of(json);
        }

        List<Fields> list() {
            return json instanceof List<?> ? new Fields(Map.of("all", json)).list("all") : List.of();
        }
    }

    /**
     * @param query parameters; null ones are left out
     * @param expected what the answer has in it
     */
    Answer get(String path, Map<String, @Nullable Object> query, Shape expected) {
        StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        new TreeMap<String, @Nullable Object>(query).forEach((name, value) -> {
            if (value != null) {
                parameters.add(name + "=" + encoded(value.toString()));
            }
        });
        return send(request(path + parameters).GET(), expected);
    }

    /**
     * @param body what is asked for; null values are left out
     * @param expected what the answer has in it
     */
    Answer post(String path, Map<String, @Nullable Object> body, Shape expected) {
        Map<String, Object> given = new TreeMap<>();
        body.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.bytes(given))),
                expected);
    }

    /** A part of a path, whatever is in it. */
    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", login)
                .header("Accept", "application/json, text/csv");
    }

    private Answer send(HttpRequest.Builder request, Shape expected) {
        Duration patience = connection.patience();
        CompletableFuture<Received> call =
                client.sendAsync(request.build(), BodyHandlers.ofInputStream()).thenApplyAsync(Remote::received);
        try {
            // over the whole exchange; that of the request itself ends at the answer's first byte
            return judged(call.get(patience.toMillis(), TimeUnit.MILLISECONDS), expected);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw slow(patience);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause(), patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw VerbFailed.unreachable("interrupted", "");
        }
    }

    /** What came, whole. */
    private record Received(int status, String text) {}

    private static Received received(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("the answer is longer than %d MB".formatted(LONGEST_ANSWER >> 20));
            }
            return new Received(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Answer judged(Received response, Shape expected) {
        int status = response.status();
        String text = response.text();
        Object json = Json.parse(text).orElse(null);
        Answer answer = new Answer(text, json);
        if (status >= 200 && status < 300 && expected.fits(answer)) {
            return answer;
        }
        String error = Fields.of(json).textOrEmpty("error");
        String other = error.isEmpty() ? " Or something else answers there: --url names the management port." : "";
        switch (status) {
            case 401 ->
                throw VerbFailed.refused(
                        address + " does not know this login",
                        "Check user and password, or the token; connector.security.users has who may ask." + other);
            case 403 ->
                throw VerbFailed.refused(
                        address + " does not allow this login to do that",
                        "It takes the role OPERATOR; a VIEWER may only look." + other);
            case 429 ->
                throw VerbFailed.refused(
                        address + " takes no more attempts to sign in for now", "Wait a minute, then try again.");
            default -> {
                // said below
            }
        }
        if (status >= 400 && json instanceof Map && !error.isEmpty() && !isOfSpring(Fields.of(json))) {
            throw VerbFailed.refused(Invisible.removed(error), problems(Fields.of(json)));
        }
        if (status == 404 || status < 400 || status == 502 || status == 503 || status == 504) {
            throw VerbFailed.unreachable(
                    "%s answers %d, and not as a connector does".formatted(address, status), ADDRESS_REMEDY);
        }
        throw VerbFailed.refused(
                "%s answers %d: %s".formatted(address, status, Excerpt.of(Invisible.removed(text), LONGEST_QUOTE)),
                "The connector's log says more.");
    }

    /** Its own errors have a path and a time; those of the endpoints have words. */
    private static boolean isOfSpring(Fields error) {
        return error.has("path") && error.has("status");
    }

    private static String problems(Fields answer) {
        return String.join(System.lineSeparator(), answer.texts("problems"));
    }

    private VerbFailed slow(Duration patience) {
        return VerbFailed.unreachable(
                "%s has not answered within %d s".formatted(address, patience.toSeconds()),
                "What was asked for may have happened: look before asking again. --timeout allows more.");
    }

    private VerbFailed failed(Throwable cause, Duration patience) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
                return VerbFailed.unreachable(
                        "no host is named " + address.getHost(), "Correct --url or MDM_CONNECTOR_URL.");
            }
            if (each instanceof SSLException || each instanceof GeneralSecurityException) {
                return VerbFailed.unreachable(
                        "%s: TLS failed: %s".formatted(address, each.getMessage()),
                        "If its certificate is signed by an authority of your own, give that by --ca; http:// is without TLS.");
            }
        }
        if (cause instanceof ConnectException) {
            return VerbFailed.unreachable("nothing listens at " + address, ADDRESS_REMEDY);
        }
        if (cause instanceof HttpTimeoutException) {
            return slow(patience);
        }
        return VerbFailed.unreachable(
                "%s: %s: %s".formatted(address, cause.getClass().getSimpleName(), cause.getMessage()),
                "What was asked for may have happened: look before asking again.");
    }

    private static SSLContext trusting(String file) {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                authorities.setCertificateEntry("authority-" + number++, each);
            }
            if (number == 0) {
                throw VerbFailed.usage(file + " has no certificate in it", "--ca takes a file of PEM.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw VerbFailed.usage(
                    "%s cannot be used: %s".formatted(file, FileTrouble.text(e)), "--ca takes a file of PEM.");
        }
    }
}
