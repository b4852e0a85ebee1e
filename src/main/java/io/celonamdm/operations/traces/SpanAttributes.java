package io.celonamdm.operations.traces;

import io.opentelemetry.api.common.AttributeKey;

/** The attributes of spans. None holds an address, a body, or the number or name of a device. */
final class SpanAttributes {
    static final AttributeKey<String> SYNC = AttributeKey.stringKey("connector.sync");
    static final AttributeKey<Long> RUN = AttributeKey.longKey("connector.run");
    static final AttributeKey<String> CAUSE = AttributeKey.stringKey("connector.cause");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("connector.outcome");
    static final AttributeKey<String> STEP = AttributeKey.stringKey("connector.step");
    static final AttributeKey<Long> DEVICES = AttributeKey.longKey("connector.devices");
    static final AttributeKey<String> CODE = AttributeKey.stringKey("connector.code");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private SpanAttributes() {}
}
