package io.celonamdm.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.celonamdm.night.MatrixVendors.Vendor;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Fault;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a call.
 *
 * @param label the fault in words
 * @param fault the fault at the simulator; null if the call does not reach it
 * @param broken why the call does not reach it; null if it does
 */
record MatrixFault(
        String label, @Nullable Fault fault, @Nullable Supplier<IOException> broken) {
    static final List<MatrixFault> ALL = List.of(
            broken("connection refused", () -> new ConnectException("Connection refused")),
            broken("host unknown", () -> new UnknownHostException("no such host")),
            broken("TLS handshake fails", () -> new SSLHandshakeException("PKIX path building failed")),
            fault("hung up, not processed", Fault.hangUpBeforeProcessing()),
            fault("hung up, processed", Fault.hangUpAfterProcessing()),
            fault("slower than the timeout", Fault.slow(Duration.ofSeconds(4))),
            fault("a byte at a time, for ever", Fault.dripping(Duration.ofMillis(500))),
            fault("larger than allowed", Fault.flooding()),
            fault("400", Fault.status(400)),
            fault("401", Fault.status(401)),
            fault("403", Fault.status(403)),
            fault("404", Fault.status(404)),
            fault("408", Fault.status(408)),
            fault("429", Fault.status(429)),
            fault("429, Retry-After: 3600", Fault.tooManyRequests(Duration.ofHours(1))),
            fault("429, Retry-After: a date in an hour", MatrixFault::inAnHour),
            fault("500", Fault.status(500)),
            fault("502", Fault.status(502)),
            fault("503", Fault.status(503)),
            fault("504", Fault.status(504)),
            fault("a web page with 200", Fault.html()),
            fault("JSON cut off", Fault.truncated()),
            fault("JSON malformed", Fault.changedBody(body -> "{\"code\": 200, data}")),
            fault("unknown fields", changed(MatrixFault::withMore)),
            fault("no fields at all", Fault.changedBody(body -> "{}")),
            fault("changed types", changed(MatrixFault::withOtherTypes)));

    private static MatrixFault fault(String label, Fault fault) {
        return new MatrixFault(label, fault, null);
    }

    private static MatrixFault broken(String label, Supplier<IOException> broken) {
        return new MatrixFault(label, null, broken);
    }

    int number() {
        return ALL.indexOf(this);
    }

    /** The sync of a platform to which it happens. */
    String sync(Vendor vendor) {
        return (vendor == Vendor.INTUNE ? "intune-fault-" : "fault-") + number();
    }

    private static Answer inAnHour(Request request, Endpoint endpoint) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        return Fault.answer(429, "", Map.of("Retry-After", date)).apply(request, endpoint);
    }

    private static Fault changed(UnaryOperator<JsonNode> change) {
        // a file has no fields
        return Fault.changedBody(
                body -> Json.read(body).isContainerNode() ? Json.write(change.apply(Json.read(body))) : body);
    }

    private static JsonNode withMore(JsonNode node) {
        JsonNode more = withChildren(node, MatrixFault::withMore);
        return more instanceof ObjectNode object ? object.put("addedLater", "by the vendor") : more;
    }

    /** Texts become numbers, everything else texts. */
    private static JsonNode withOtherTypes(JsonNode node) {
        if (node.isContainerNode()) {
            return withChildren(node, MatrixFault::withOtherTypes);
        }
        return node.isTextual()
                ? JsonNodeFactory.instance.numberNode(4711)
                : JsonNodeFactory.instance.textNode(node.asText());
    }

    private static JsonNode withChildren(JsonNode node, UnaryOperator<JsonNode> change) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(change.apply(field.getValue())));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, change.apply(array.get(i)));
            }
        }
        return node;
    }
}
