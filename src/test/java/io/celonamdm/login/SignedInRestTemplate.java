package io.celonamdm.login;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;

/** Lets the {@code TestRestTemplate} of a test sign in as an operator. */
@TestConfiguration(proxyBeanMethods = false)
public class SignedInRestTemplate {
    @Bean
    RestTemplateBuilder operatorsLogin() {
        return new RestTemplateBuilder().basicAuthentication(Login.OPERATOR.user(), Login.OPERATOR.password());
    }
}
