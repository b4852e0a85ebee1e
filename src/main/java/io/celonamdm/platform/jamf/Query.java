package io.celonamdm.platform.jamf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.URIBuilder;

/** A query string; each value is encoded, including the operators of a filter. */
final class Query {
    private final List<NameValuePair> parameters = new ArrayList<>();

    Query and(String name, Object value) {
        parameters.add(new BasicNameValuePair(name, value.toString()));
        return this;
    }

    /** A value of an RSQL filter, which is quoted because it may have spaces and operators. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        String uri = new URIBuilder()
                .setCharset(StandardCharsets.UTF_8)
                .setParameters(parameters)
                .toString();
        return uri.substring(uri.indexOf('?') + 1);
    }
}
