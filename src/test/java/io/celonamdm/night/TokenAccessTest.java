package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.celonamdm.ledger.database.Audit;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tokens of a company's issuer work like a user's login. */
class TokenAccessTest extends NightTest {
    private static final Simulation SIMULATION = Simulation.start(PhoneFleet.of(0, 62));
    private static final RSAKey KEY = key();

    private final TestRestTemplate rest = new TestRestTemplate();

    @Autowired
    Audit audit;

    @LocalManagementPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException, JOSEException {
        settings(registry, SIMULATION);
        Path pem = Files.createTempFile("issuer", ".pem");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(KEY.toRSAPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location", () -> "file:" + pem);
        registry.add("connector.security.roles-claim", () -> "groups");
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private int call(HttpMethod method, List<String> groups, Instant expires) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .subject("kim")
                        .claim("groups", groups)
                        .expirationTime(Date.from(expires))
                        .build());
        token.sign(new RSASSASigner(KEY));
        return rest.exchange(
                        RequestEntity.method(method, "http://127.0.0.1:" + port + "/actuator/syncs/warehouse")
                                .header("Authorization", "Bearer " + token.serialize())
                                .header("Content-Type", "application/json")
                                .body("{\"action\":\"pause\",\"reason\":\"a test\"}"),
                        String.class)
                .getStatusCode()
                .value();
    }

    @Test
    void theirClaimSaysWhatTheyMay() throws JOSEException {
        Instant later = Instant.now().plusSeconds(600);

        assertThat(call(HttpMethod.GET, List.of("viewer"), later)).isEqualTo(200);
        assertThat(call(HttpMethod.POST, List.of("viewer"), later)).isEqualTo(403);
        assertThat(call(HttpMethod.GET, List.of("somebody"), later)).isEqualTo(403);
        assertThat(call(HttpMethod.GET, List.of("VIEWER"), Instant.now().minusSeconds(600)))
                .isEqualTo(401);
        assertThat(call(HttpMethod.POST, List.of("OPERATOR"), later)).isEqualTo(202);
        assertThat(audit.list(NAME, 1).get(0).actor()).isEqualTo("kim");
    }
}
