package io.celonamdm.story;

import io.celonamdm.story.world.Breakage;
import io.celonamdm.story.world.Received;
import io.celonamdm.story.world.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** The connector's own HTTP client, whose connections lead into the world of a story. */
final class Transport implements HttpClientConfigurer {
    private static final String EVENT = Transport.class.getName();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long TOO_MUCH = 1L << 30;

    private final HttpClientConfigurer usual;
    private final Stage stage;
    private final Lives lives;

    Transport(HttpClientConfigurer usual, Stage stage, Lives lives) {
        this.usual = usual;
        this.stage = stage;
        this.lives = lives;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        usual.configureHttpClient(builder);
        builder.replaceExecInterceptor(ChainElement.CONNECT.name(), this::connect);
        builder.replaceExecInterceptor(ChainElement.MAIN_TRANSPORT.name(), this::exchange);
    }

    private ClassicHttpResponse connect(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        lives.check();
        boolean batch = request.getPath().endsWith("/$batch");
        if (batch) {
            // what becomes of a call depends on its kind, which its body tells
            request.setEntity(new StringEntity(body(request), ContentType.APPLICATION_JSON));
        }
        Received received = received(request, scope, batch ? body(request) : "");
        Event event = stage.next(received.call());
        lives.check();
        Breakage breakage = breakage(event);
        if (breakage == Breakage.REFUSED) {
            throw new ConnectException("Connection refused");
        }
        if (breakage == Breakage.NO_NAME) {
            throw new UnknownHostException("vendor.test");
        }
        scope.clientContext.setAttribute(EVENT, event);
        return chain.proceed(request, scope);
    }

    private ClassicHttpResponse exchange(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        lives.check();
        Event event = (Event) scope.clientContext.getAttribute(EVENT);
        Breakage breakage = breakage(event);
        if (breakage == Breakage.LOST_BEFORE) {
            throw new SocketException("Connection reset");
        }
        if (breakage == Breakage.HUNG_BEFORE) {
            stage.clock.pass(TIMEOUT);
            throw new SocketTimeoutException("Read timed out");
        }
        boolean dies = event != null && event.what() == Event.What.DIES_AFTER;
        boolean freezes = event != null && event.what() == Event.What.FREEZES;
        Received received = received(request, scope, body(request));
        if (lives.callsTooLate() && received.call().writes()) {
            stage.world()
                    .violation(
                            "TAKEN_OVER",
                            received.call() + " by a process that stood still, and was taken over meanwhile");
        }
        Reply reply = stage.world().answer(received, dies || freezes ? Breakage.LOST_AFTER : breakage);
        if (dies) {
            lives.end();
        }
        if (freezes) {
            stage.happens(event);
        }
        lives.checkOrWait();
        if (breakage == Breakage.LOST_AFTER) {
            throw new SocketException("Connection reset");
        }
        if (breakage == Breakage.HUNG_AFTER) {
            stage.clock.pass(TIMEOUT);
            throw new SocketTimeoutException("Read timed out");
        }
        return response(reply, breakage);
    }

    private static @Nullable Breakage breakage(@Nullable Event event) {
        return event != null && event.what() == Event.What.BREAK ? event.breakage() : null;
    }

    private static String body(ClassicHttpRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (request.getEntity() != null) {
            request.getEntity().writeTo(body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static Received received(ClassicHttpRequest request, ExecChain.Scope scope, String body) {
        String path = request.getPath();
        int query = path.indexOf('?');
        return new Received(
                scope.route.getTargetHost().getPort(),
                request.getMethod(),
                query < 0 ? path : path.substring(0, query),
                query < 0 ? Map.of() : Received.query(path.substring(query + 1)),
                header(request, "Authorization"),
                header(request, "X-API-Key"),
                body);
    }

    private static String header(ClassicHttpRequest request, String name) {
        Header header = request.getFirstHeader(name);
        return header == null ? "" : Objects.requireNonNullElse(header.getValue(), "");
    }

    private static ClassicHttpResponse response(Reply reply, @Nullable Breakage breakage) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        reply.headers().forEach(response::setHeader);
        byte[] bytes = reply.bytes();
        boolean cut = breakage == Breakage.CUT;
        InputStream content = new ByteArrayInputStream(bytes, 0, cut ? bytes.length / 2 : bytes.length);
        response.setHeader("Content-Type", reply.type());
        response.setEntity(new InputStreamEntity(
                cut ? new Cut(content) : content,
                breakage == Breakage.TOO_LARGE ? TOO_MUCH : bytes.length,
                ContentType.parse(reply.type())));
        return response;
    }

    /** An answer that ends in the middle. */
    private static final class Cut extends FilterInputStream {
        Cut(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return checked(super.read(into, from, length));
        }

        private static int checked(int read) throws IOException {
            if (read < 0) {
                throw new ConnectionClosedException("Premature end of Content-Length delimited message body");
            }
            return read;
        }
    }
}
