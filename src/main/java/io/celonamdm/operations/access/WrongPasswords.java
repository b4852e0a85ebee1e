package io.celonamdm.operations.access;

import io.celonamdm.text.Excerpt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords by address and by user. An address that sent too many has to wait. A user with too many stays
 * open to addresses that sent none lately, so nobody can lock others out.
 */
@Component
class WrongPasswords {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int OF_ADDRESS = 10;
    static final int OF_USER = 30;

    /** The maximum of addresses or users; the oldest is dropped, which bounds the memory. */
    private static final int KEPT = 10_000;

    private static final int TOLD = 100;
    private static final int LONGEST_NAME = 60;
    private static final Logger LOG = LoggerFactory.getLogger(WrongPasswords.class);

    private final Clock clock;
    private final Map<String, Count> byAddress = new Bounded<>(KEPT);
    private final Map<String, Count> byUser = new Bounded<>(KEPT);
    private final Map<String, Count> untold = new LinkedHashMap<>();

    WrongPasswords(Clock clock) {
        this.clock = clock;
    }

    private record Count(int number, Instant since, String address) {}

    /** Whether that address may try a password of that user now. */
    synchronized boolean mayTry(String user, String address) {
        int ofAddress = recent(byAddress, address);
        return ofAddress < OF_ADDRESS && (ofAddress == 0 || recent(byUser, user) < OF_USER);
    }

    /** Records a wrong password, or one that was not checked because of too many wrong ones. */
    synchronized void wrong(String user, String address) {
        add(byAddress, address, address);
        add(byUser, user, address);
        String name = Excerpt.of(user, LONGEST_NAME);
        String key = untold.containsKey(name) || untold.size() < TOLD ? name : "others";
        untold.merge(key, new Count(1, clock.instant(), address), WrongPasswords::sum);
    }

    /** Logs each user with wrong passwords. */
    @Scheduled(fixedRate = 60_000)
    synchronized void tell() {
        untold.forEach((user, count) -> LOG.warn(
                "{} wrong passwords for user \"{}\" in the last minute, the latest from {}",
                count.number,
                user,
                count.address));
        untold.clear();
    }

    private int recent(Map<String, Count> counts, String key) {
        Count count = counts.get(key);
        return count == null || !clock.instant().isBefore(count.since.plus(MINUTE)) ? 0 : count.number;
    }

    private void add(Map<String, Count> counts, String key, String address) {
        Count one = new Count(1, clock.instant(), address);
        counts.compute(key, (same, count) -> count == null || recent(counts, key) == 0 ? one : sum(count, one));
    }

    private static Count sum(Count before, Count more) {
        return new Count(before.number + more.number, before.since, more.address);
    }

    /** A map that drops the least recently used entry. */
    private static final class Bounded<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
