package io.celonamdm.operations.access;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures both web servers, for the page and the endpoints, beyond their settings. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@Configuration(proxyBeanMethods = false)
public class WebServers {
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> hangingUp() {
        return server -> server.addEngineValves(new UnreadBodies());
    }
}
