package io.celonamdm.platform.intune.graph;

import io.celonamdm.http.RetryAfter;
import io.celonamdm.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** The delays that throttled requests in a batch ask for, round after round. */
final class Throttling {
    private static final int ROUNDS = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private Duration pause = Duration.ZERO;
    private boolean asked;
    private int rounds;

    /** Begins another round. */
    void begin() {
        rounds = asked ? rounds + 1 : 0;
        asked = false;
        pause = Duration.ZERO;
    }

    /** Records a request to repeat, after a delay that its headers may name in any spelling. */
    void asked(Fields headers, Instant now) {
        asked = true;
        Duration wanted = named(headers)
                .flatMap(value -> RetryAfter.parse(value, now).stream())
                .map(time -> Duration.between(now, time))
                .findFirst()
                // without the header, longer each time
                .orElse(Duration.ofSeconds(1L << rounds));
        pause = wanted.compareTo(pause) > 0 ? wanted : pause;
    }

    /** Whether headers name a delay. */
    static boolean isNamed(Fields headers) {
        return named(headers).findAny().isPresent();
    }

    private static Stream<String> named(Fields headers) {
        return headers.map().keySet().stream()
                .map(String::valueOf)
                .filter(name -> name.strip().equalsIgnoreCase("Retry-After"))
                .flatMap(name -> headers.text(name).stream());
    }

    /** Whether a request of this round is to be repeated. */
    boolean isAsked() {
        return asked;
    }

    /** How long to wait for the longest of them. */
    Duration pause() {
        return pause;
    }

    /** Whether this is the last round that may be throttled. */
    boolean isLast() {
        return rounds >= ROUNDS - 1;
    }

    /** Whether throttling has lasted too long, or would. */
    boolean isTooMuch() {
        return asked && (isLast() || pause.compareTo(LONGEST_PAUSE) > 0);
    }
}
