package io.celonamdm.operations.access;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** Fetches the keys of a token issuer like any vendor call: through the proxies, and with a deadline. */
@Configuration(proxyBeanMethods = false)
class IssuerKeys {
    @Bean
    JwkSetUriJwtDecoderBuilderCustomizer keysByOwnClient(
            HttpClientConnectionManager connections, @Qualifier("callsToOutside") HttpClientConfigurer calls) {
        return decoder -> {
            HttpClientBuilder client = HttpClientBuilder.create()
                    .setConnectionManager(connections)
                    .setConnectionManagerShared(true)
                    .disableAutomaticRetries()
                    .disableCookieManagement();
            calls.configureHttpClient(client);
            decoder.restOperations(new RestTemplate(new HttpComponentsClientHttpRequestFactory(client.build())));
        };
    }
}
