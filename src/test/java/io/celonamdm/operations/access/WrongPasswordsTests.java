package io.celonamdm.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.clock.OwnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

@ExtendWith(OutputCaptureExtension.class)
class WrongPasswordsTests {
    private static final String USER = "night-watch";
    private static final String RIGHT = "correct horse";

    private final OwnedClock time = new OwnedClock(Instant.EPOCH);
    private final WrongPasswords wrongPasswords = new WrongPasswords(time);
    private int checks;

    private final SlowedLogins logins = new SlowedLogins(
            new AuthenticationProvider() {
                @Override
                public Authentication authenticate(Authentication login) {
                    checks++;
                    if (!RIGHT.equals(login.getCredentials())) {
                        throw new BadCredentialsException("wrong");
                    }
                    return login;
                }

                @Override
                public boolean supports(Class<?> type) {
                    return true;
                }
            },
            wrongPasswords,
            time);

    /** A clock that is moved by hand. */
    private Authentication login(String user, String password, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.unauthenticated(user, password);
        login.setDetails(new WebAuthenticationDetails(request));
        return Objects.requireNonNull(logins.authenticate(login));
    }

    private void wrong(String user, String address) {
        assertThatThrownBy(() -> login(user, "guess " + checks, address)).isInstanceOf(Exception.class);
    }

    @Test
    void anAddressThatGuessesHasToWaitWhicheverUserItTries() {
        for (int guess = 0; guess < 100; guess++) {
            wrong("user-" + guess, "192.0.2.1");
        }

        assertThat(checks).isEqualTo(WrongPasswords.OF_ADDRESS);
        assertThatThrownBy(() -> login(USER, RIGHT, "192.0.2.1")).isInstanceOf(SlowedLogins.TooMany.class);

        time.pass(WrongPasswords.MINUTE);
        assertThat(login(USER, RIGHT, "192.0.2.1").getName()).isEqualTo(USER);
    }

    @Test
    void aUserWhoIsGuessedFromManyAddressesStillSignsInFromElsewhere() {
        for (int guess = 0; guess < 500; guess++) {
            wrong(USER, "198.51.100." + guess % 50);
        }

        assertThat(checks).as("slowed down").isLessThanOrEqualTo(WrongPasswords.OF_USER + 50);
        assertThat(login(USER, RIGHT, "203.0.113.7").getName()).isEqualTo(USER);
    }

    @Test
    void aLoginThatWasGoodAMomentAgoIsGoodAmongAnyNumberOfGuesses() {
        login(USER, RIGHT, "192.0.2.1");
        for (int guess = 0; guess < 100; guess++) {
            wrong(USER, "192.0.2.1");
        }
        int before = checks;

        assertThat(login(USER, RIGHT, "192.0.2.1").getName()).isEqualTo(USER);
        assertThat(checks).isEqualTo(before);

        time.pass(Duration.ofHours(1));
        login(USER, RIGHT, "192.0.2.1");
        assertThat(checks).isEqualTo(before + 1);
    }

    @Test
    void ofIpv6ANetworkCountsAsOneAddress() {
        for (int guess = 0; guess < 100; guess++) {
            wrong("user-" + guess, "2001:db8:1:2::" + Integer.toHexString(guess + 1));
        }

        assertThat(checks).isEqualTo(WrongPasswords.OF_ADDRESS);
    }

    @Test
    void areToldOnceAMinuteAndUserWithTheirNumber(CapturedOutput output) {
        for (int guess = 0; guess < 25; guess++) {
            wrong(USER, "192.0.2.1");
        }
        wrong("admin\r\n12:00:00 ERROR forged\u001b[2J", "192.0.2.2");
        wrongPasswords.tell();
        wrongPasswords.tell();

        assertThat(output.getOut().lines().filter(line -> line.contains("wrong passwords")))
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("25 wrong passwords for user \"night-watch\"") && line.contains("192.0.2.1"))
                .anyMatch(line -> line.contains("1 wrong passwords for user \"admin 12:00:00 ERROR forged[2J\""));
    }

    @Test
    void anyNumberOfNamesTakesBoundedMemoryAndFewLines(CapturedOutput output) {
        for (int guess = 0; guess < 20_000; guess++) {
            wrong("user-" + guess, "10.0." + guess / 250 + "." + guess % 250);
        }
        wrongPasswords.tell();

        assertThat(output.getOut().lines().filter(line -> line.contains("wrong passwords")))
                .hasSizeLessThanOrEqualTo(101)
                .anyMatch(line -> line.contains("user \"others\""));
    }
}
