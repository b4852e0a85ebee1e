package io.celonamdm.platform.applebusiness;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.mdm.AppleBusinessSettings;
import io.celonamdm.settings.mdm.AppleKey;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.springframework.stereotype.Component;

/** This connector as an API account of Apple Business Manager (OAuth 2.0 client credentials with a client assertion). */
@Component
public class AppleClient {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Apple accepts up to 180 days; an assertion that leaks is worth little after some minutes. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    /** How far this machine's clock may be ahead of Apple's. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Clock clock;

    AppleClient(Clock clock) {
        this.clock = clock;
    }

    /**
     * The form of a token request, with a new client assertion.
     *
     * @throws IllegalStateException if the private key can no longer be used; the message names the setting
     */
    public HttpEntity credentials(@ExchangeProperty("sync") Sync sync) {
        AppleBusinessSettings apple = sync.mdm().appleBusiness();
        return new UrlEncodedFormEntity(
                List.of(
                        new BasicNameValuePair("grant_type", "client_credentials"),
                        new BasicNameValuePair("client_id", apple.clientId()),
                        new BasicNameValuePair("client_assertion_type", ASSERTION_TYPE),
                        new BasicNameValuePair("client_assertion", assertion(sync, apple)),
                        new BasicNameValuePair("scope", apple.scope())),
                StandardCharsets.UTF_8);
    }

    /** Signs with the key as it is now: a file may have been replaced since the start. */
    private String assertion(Sync sync, AppleBusinessSettings apple) {
        Instant now = clock.instant();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(apple.keyId())
                .build();
        Map<String, Object> claims = Map.of(
                "iss", apple.issuer(),
                "sub", apple.clientId(),
                "aud", apple.audience(),
                "jti", UUID.randomUUID().toString(),
                "iat", now.minus(SKEW).getEpochSecond(),
                "exp", now.plus(LIFE).getEpochSecond());
        JWSObject assertion = new JWSObject(header, new Payload(claims));
        try {
            assertion.sign(new ECDSASigner(AppleKey.of(apple)));
        } catch (IOException | JOSEException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the private key of connector.syncs.%s.mdm.apple-business cannot be used: %s"
                            .formatted(sync.name(), FileTrouble.text(e)));
        }
        return assertion.serialize();
    }
}
