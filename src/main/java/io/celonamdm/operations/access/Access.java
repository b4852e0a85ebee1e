package io.celonamdm.operations.access;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SecuritySettings.Role;
import jakarta.servlet.DispatcherType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The access rules: bare health for everybody, reading for viewers, the doorbell for callers, everything else for
 * operators. Both ports follow the same rules.
 */
@Configuration(proxyBeanMethods = false)
class Access {
    private static final String[] SEARCHES = {"/search", "/erasure/search"};

    /** Only content that the connector itself serves, and no inline code. */
    private static final String PAGE_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    RoleHierarchy operatorsAreViewers() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.OPERATOR.name())
                .implies(Role.VIEWER.name(), Role.CALLER.name())
                .build();
    }

    /** The endpoints, for programs that send and read JSON. */
    @Bean
    @Order(1)
    SecurityFilterChain endpoints(
            HttpSecurity http,
            Denials denials,
            Bodies bodies,
            ConnectorSettings settings,
            ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.securityMatcher(EndpointRequest.toAnyEndpoint()).authorizeHttpRequests(requests -> {
            requests.requestMatchers(EndpointRequest.to("health")).permitAll();
            everythingElse(requests);
        });
        // a page of another site cannot send JSON, which all actions require
        return forPrograms(http, denials, bodies, settings, tokens);
    }

    /** The doorbell of the MDMs' webhooks, whose bodies are discarded: nothing in them is trusted. */
    @Bean
    @Order(2)
    SecurityFilterChain hooks(
            HttpSecurity http,
            Denials denials,
            Bodies bodies,
            ConnectorSettings settings,
            ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.securityMatcher("/hooks/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST)
                        .hasRole(Role.CALLER.name())
                        .anyRequest()
                        .denyAll());
        // a page of another site is refused by its origin
        return forPrograms(http, denials, bodies, settings, tokens);
    }

    /** The page and all other paths, for people whose browsers send the login automatically. */
    @Bean
    @Order(3)
    SecurityFilterChain page(
            HttpSecurity http,
            PageDenials denials,
            Bodies bodies,
            ConnectorSettings settings,
            ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.authorizeHttpRequests(requests -> {
                    // an error page needs no login; the failed call did
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    // a search changes nothing; it is a POST because an EID must not appear in an address
                    requests.requestMatchers(HttpMethod.POST, SEARCHES).hasRole(Role.VIEWER.name());
                    everythingElse(requests);
                })
                // the token of a form is in its body, which is read only after authentication
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
        guarded(http, denials, bodies);
        CsrfFilter formTokens = new CsrfFilter(new CsrfCookies());
        formTokens.setAccessDeniedHandler(denials);
        http.addFilterAfter(formTokens, Bodies.Reading.class);
        logins(http, denials, settings, tokens);
        return http.build();
    }

    /** What is no page: it has no session, no cookie and no form, and a browser shows nothing of it. */
    private static SecurityFilterChain forPrograms(
            HttpSecurity http,
            Denials denials,
            Bodies bodies,
            ConnectorSettings settings,
            ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.csrf(AbstractHttpConfigurer::disable)
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'none'")));
        guarded(http, denials, bodies);
        logins(http, denials, settings, tokens);
        return http.build();
    }

    /** The filters before a login, and those between login and body. */
    private static void guarded(HttpSecurity http, AccessDeniedHandler denials, Bodies bodies) {
        http.addFilterBefore(bodies.measured(), HeaderWriterFilter.class)
                .addFilterAfter(new OwnOrigin(denials), HeaderWriterFilter.class)
                .addFilterAfter(bodies.read(), AuthorizationFilter.class);
    }

    private static void everythingElse(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers(HttpMethod.GET)
                .hasRole(Role.VIEWER.name())
                .requestMatchers(HttpMethod.HEAD)
                .hasRole(Role.VIEWER.name())
                .anyRequest()
                .hasRole(Role.OPERATOR.name());
    }

    /** One login for both: a user's name and password, or a token. Each call carries it, so any replica can answer. */
    private static <D extends AuthenticationEntryPoint & AccessDeniedHandler> void logins(
            HttpSecurity http, D denials, ConnectorSettings settings, ObjectProvider<JwtDecoder> tokens)
            throws Exception {
        http.httpBasic(basic -> basic.authenticationEntryPoint(denials))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        if (tokens.getIfAvailable() != null) {
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(denials)
                    .accessDeniedHandler(denials)
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(
                            roles(settings.security().rolesClaim()))));
        }
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
