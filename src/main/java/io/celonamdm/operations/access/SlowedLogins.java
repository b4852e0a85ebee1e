package io.celonamdm.operations.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords, and slows down clients that send wrong ones. A login that succeeded a moment ago needs no other
 * check, so it costs nothing and guessing by others cannot block it.
 */
final class SlowedLogins implements AuthenticationProvider {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST = 1000;
    private static final String HMAC = "HmacSHA256";

    private final AuthenticationProvider checked;
    private final WrongPasswords wrongPasswords;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Good> good = new ConcurrentHashMap<>();

    SlowedLogins(AuthenticationProvider checked, WrongPasswords wrongPasswords, Clock clock) {
        this.checked = checked;
        this.wrongPasswords = wrongPasswords;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    private record Good(Authentication login, Instant until) {}

    /** Thrown after too many wrong passwords: none is checked for a while. */
    static final class TooMany extends AuthenticationException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("too many wrong passwords; try again in a minute");
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication login) {
        String user = login.getName();
        String fingerprint = fingerprint(user, String.valueOf(login.getCredentials()));
        Good known = good.get(fingerprint);
        if (known != null && clock.instant().isBefore(known.until)) {
            return known.login;
        }
        String address = address(login);
        if (!wrongPasswords.mayTry(user, address)) {
            wrongPasswords.wrong(user, address);
            throw new TooMany();
        }
        try {
            Authentication signedIn = checked.authenticate(login);
            if (signedIn != null) {
                remember(fingerprint, signedIn);
            }
            return signedIn;
        } catch (BadCredentialsException e) {
            wrongPasswords.wrong(user, address);
            throw e;
        }
    }

    private void remember(String fingerprint, Authentication signedIn) {
        if (good.size() >= MOST) {
            good.clear();
        }
        good.put(fingerprint, new Good(signedIn, clock.instant().plus(REMEMBERED)));
    }

    private static String address(Authentication login) {
        return login.getDetails() instanceof WebAuthenticationDetails web
                ? network(String.valueOf(web.getRemoteAddress()))
                : "";
    }

    /** The IPv6 prefix of one customer, who could otherwise use any number of addresses. */
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) + "::/64" : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** No stored form of a password can be tested elsewhere. */
    private String fingerprint(String user, String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((user + "\0" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
