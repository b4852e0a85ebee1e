package io.celonamdm.work;

import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.sync.Sync;
import io.celonamdm.work.call.ActivationCall;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.hc.core5.net.URIBuilder;
import org.springframework.stereotype.Component;

/** Sets the headers and queries of Celona's calls, and removes those that an earlier call left on the message. */
@Component
public class CelonaHeaders {
    /** For assign-eid, which expects the customer in the query and in the form. */
    public void assign(Message message, @ExchangeProperty("sync") Sync sync) {
        prepare(
                message,
                sync,
                new URIBuilder().addParameter("customer_id", sync.celona().customerId()));
    }

    /** For eid-status. */
    public void status(Message message, @ExchangeProperty("sync") Sync sync, @ExchangeProperty("work") Work work) {
        String request = Objects.requireNonNull(work.devices().get(0).requestId());
        prepare(message, sync, new URIBuilder().addParameter("request_id", request));
    }

    /** For eid-status of an assignment that was never made. */
    public void unknownRequest(Message message, @ExchangeProperty("sync") Sync sync) {
        prepare(
                message,
                sync,
                new URIBuilder().addParameter("request_id", UUID.randomUUID().toString()));
    }

    /** For the list of customers. */
    public void customers(Message message, @ExchangeProperty("sync") Sync sync) {
        prepare(message, sync, new URIBuilder());
        message.removeHeader(Exchange.HTTP_QUERY);
    }

    /** For activation-from-file. */
    public void activate(
            Message message, @ExchangeProperty("sync") Sync sync, @ExchangeProperty("call") ActivationCall call) {
        CelonaSettings celona = sync.celona();
        prepare(
                message,
                sync,
                new URIBuilder()
                        .addParameter("customer_id", celona.customerId())
                        .addParameter("op_code", call.op().name()));
    }

    private static void prepare(Message message, Sync sync, URIBuilder query) {
        message.removeHeaders("*");
        message.setHeader("X-API-Key", sync.celona().apiKey());
        message.setHeader("Accept", "application/json");
        message.setHeader(Exchange.HTTP_QUERY, query.toString().replaceFirst("^\\?", ""));
    }
}
