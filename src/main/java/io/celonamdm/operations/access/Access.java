package io.celonamdm.operations.access;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SecuritySettings.Role;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * What is open to whom: bare health to everybody, what only shows something to a viewer, everything else to an operator.
 * Both ports of the connector are under the same rules.
 */
@Configuration(proxyBeanMethods = false)
class Access {
    @Bean
    RoleHierarchy operatorsAreViewers() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.OPERATOR.name())
                .implies(Role.VIEWER.name())
                .build();
    }

    @Bean
    SecurityFilterChain rules(
            HttpSecurity http, Denials denials, ConnectorSettings settings, ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .requestMatchers(HttpMethod.GET)
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(HttpMethod.HEAD)
                        .hasRole(Role.VIEWER.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()))
                .httpBasic(basic -> basic.authenticationEntryPoint(denials))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no session, no cookie: and a page of another site cannot send JSON, the only thing that actions read
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'none'")));
        if (tokens.getIfAvailable() != null) {
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(denials)
                    .accessDeniedHandler(denials)
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(
                            roles(settings.security().rolesClaim()))));
        }
        return http.build();
    }

    private static JwtAuthenticationConverter roles(String claim) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> authorities(token, claim));
        return converter;
    }

    private static Collection<GrantedAuthority> authorities(Jwt token, String claim) {
        List<String> roles = token.getClaimAsStringList(claim);
        return roles == null
                ? List.of()
                : roles.stream()
                        .map(role ->
                                (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
                        .toList();
    }
}
