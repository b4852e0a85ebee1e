package io.celonamdm.operations.traces;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.TraceSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends spans to the collector, in the background and a few seconds after they have ended. */
@Configuration(proxyBeanMethods = false)
@TracesSwitchedOn
class TracingBeans {
    /** The longest wait for an unresponsive collector at a stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    RunSpanIds runSpanIds() {
        return new RunSpanIds();
    }

    @Bean(destroyMethod = "close")
    SdkTracerProvider tracerProvider(
            ConnectorSettings settings,
            RunSpanIds ids,
            @Value("${spring.application.name}") String name,
            ObjectProvider<BuildProperties> build) {
        TraceSettings traces = settings.traces();
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(traces.endpoint())
                .setTimeout(PATIENCE)
                .setRetryPolicy(null);
        traces.headers().forEach(exporter::addHeader);
        ResourceBuilder service = Resource.getDefault().toBuilder().put(AttributeKey.stringKey("service.name"), name);
        // an IDE starts without it
        build.ifAvailable(known -> service.put(AttributeKey.stringKey("service.version"), known.getVersion()));
        return SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(service.build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(Duration.ofSeconds(2))
                        .setExporterTimeout(PATIENCE)
                        .build())
                .build();
    }

    @Bean
    Tracer tracer(SdkTracerProvider provider) {
        return provider.get("io.celonamdm.connector");
    }
}
