package io.celonamdm.settings;

import io.celonamdm.settings.secret.Secret;
import io.celonamdm.settings.secret.Secrets;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.hibernate.validator.constraints.URL;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces of runs, which are sent to a collector by OpenTelemetry's protocol over HTTP (OTLP).
 *
 * @param enabled whether there are any
 * @param endpoint the collector's address for traces
 * @param headers what is sent with each request, such as {@code Authorization}
 */
public record TraceSettings(
        @DefaultValue("false") boolean enabled,

        @DefaultValue("http://127.0.0.1:4318/v1/traces")
        @NotBlank
        @URL(regexp = "https?://.*", message = "must be an address such as http://127.0.0.1:4318/v1/traces")
        String endpoint,

        @DefaultValue @Secret Map<String, String> headers) {
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
