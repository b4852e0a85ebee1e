package io.celonamdm.operations.access;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What both web servers, that of the page and that of the endpoints, have beside their settings. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@Configuration(proxyBeanMethods = false)
public class WebServers {
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> hangingUp() {
        return server -> server.addEngineValves(new UnreadBodies());
    }
}
