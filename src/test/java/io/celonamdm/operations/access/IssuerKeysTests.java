package io.celonamdm.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.celonamdm.http.HttpStandIn;
import io.celonamdm.http.RawHost;
import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder;

/** An issuer that never ends its answer does not hold up who signs in for longer than a call may take. */
@Slow
class IssuerKeysTests {
    @Test
    void aSignInEndsThoughTheIssuersAnswerDoesNot() throws IOException, JOSEException {
        try (RawHost issuer = new RawHost(client -> {
                    client.say("HTTP/1.1 200 OK\r\n");
                    client.forEver("X", 20);
                });
                AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            HttpStandIn.register(beans, Map.of("connector.http.call-timeout", "700ms"));
            beans.register(IssuerKeys.class);
            beans.refresh();
            JwkSetUriJwtDecoderBuilder decoder = NimbusJwtDecoder.withJwkSetUri("http://127.0.0.1:" + issuer.port());
            beans.getBean(JwkSetUriJwtDecoderBuilderCustomizer.class).customize(decoder);
            long begun = System.nanoTime();

            String token = token();
            assertThatThrownBy(() -> decoder.build().decode(token)).isInstanceOf(JwtException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
            assertThat(issuer.requests()).isPositive();
        }
    }

    private static String token() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder().subject("kim").build());
        token.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
        return token.serialize();
    }
}
