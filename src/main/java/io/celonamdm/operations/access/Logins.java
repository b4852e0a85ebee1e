package io.celonamdm.operations.access;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SecuritySettings;
import io.celonamdm.settings.SecuritySettings.Role;
import io.celonamdm.settings.SecuritySettings.UserSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The logins. A connector without any generates one, and is reachable only from its own machine. */
@Configuration(proxyBeanMethods = false)
class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final String MADE_UP = "operator";
    private static final String PREFIX = "{bcrypt}";

    /** The minimum cost: 256 random bits cannot be guessed at any speed. */
    private static final PasswordEncoder FOR_MADE_UP = new BCryptPasswordEncoder(4);

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    AuthenticationProvider passwords(
            ConnectorSettings settings,
            ObjectProvider<JwtDecoder> tokens,
            Environment environment,
            PasswordEncoder encoder,
            WrongPasswords wrongPasswords,
            Clock clock) {
        DaoAuthenticationProvider checked = new DaoAuthenticationProvider(users(settings, tokens, environment));
        checked.setPasswordEncoder(encoder);
        return new SlowedLogins(checked, wrongPasswords, clock);
    }

    private static UserDetailsService users(
            ConnectorSettings settings, ObjectProvider<JwtDecoder> tokens, Environment environment) {
        SecuritySettings security = settings.security();
        boolean listens = environment.getProperty("server.port", Integer.class, 0) >= 0;
        if (listens && security.users().isEmpty() && tokens.getIfAvailable() == null) {
            return of(List.of(madeUp(environment)));
        }
        return of(security.users().entrySet().stream().map(Logins::user).toList());
    }

    /** Users with immutable hashes: a service that can change them would rehash each at its first login. */
    private static UserDetailsService of(List<UserDetails> users) {
        InMemoryUserDetailsManager known = new InMemoryUserDetailsManager(users);
        return name -> known.loadUserByUsername(name);
    }

    private static UserDetails user(Map.Entry<String, UserSettings> entry) {
        String hash = entry.getValue().password();
        return user(
                entry.getKey(),
                hash.startsWith(PREFIX) ? hash.substring(PREFIX.length()) : hash,
                entry.getValue().role());
    }

    private static UserDetails user(String name, String hash, Role role) {
        return User.withUsername(name).password(hash).roles(role.name()).build();
    }

    private static UserDetails madeUp(Environment environment) {
        for (String key : List.of("server.address", "management.server.address")) {
            String address = environment.getProperty(key);
            if (!isLoopback(address)) {
                throw new InvalidConfigurationPropertyValueException(
                        key,
                        address,
                        "No login is configured, so that only this machine may reach the connector. Set"
                                + " connector.security.users, or an issuer of tokens by"
                                + " spring.security.oauth2.resourceserver.jwt.issuer-uri, or leave " + key
                                + " at 127.0.0.1.");
            }
        }
        String password = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding()).generateKey();
        LOG.warn(
                "no login is configured; until the next start, \"{}\" signs in with the password {} (set"
                        + " connector.security.users to have your own)",
                MADE_UP,
                password);
        return user(MADE_UP, String.valueOf(FOR_MADE_UP.encode(password)), Role.OPERATOR);
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
