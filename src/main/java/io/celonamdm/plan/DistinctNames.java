package io.celonamdm.plan;

import io.celonamdm.esim.Eid;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes equal device names distinct. */
public final class DistinctNames {
    private static final List<Integer> EID_DIGITS = List.of(4, 8, 16, 32);
    private static final int MOST = 1 << 20;

    private final NameCollision policy;
    private final int maxLength;

    /**
     * @param policy the treatment of a name that is taken
     * @param maxLength the most code points of a name, at least 1
     */
    public DistinctNames(NameCollision policy, int maxLength) {
        this.policy = policy;
        this.maxLength = maxLength;
    }

    /** Whether the policy needs to know the taken names. */
    public boolean matter() {
        return policy != NameCollision.ALLOW;
    }

    /**
     * The distinct name of a device. A device keeps its name as long as its template gives the same name and no other
     * device has it, so names do not move when a device leaves.
     *
     * @param name the name that the template gives
     * @param eid the device's eSIM chip
     * @param own the name that the device has; null before its first one
     * @param taken whether another device has a name
     * @return a name of at most {@code maxLength} code points
     */
    public String of(String name, Eid eid, @Nullable String own, Predicate<String> taken) {
        if (!matter()) {
            return name;
        }
        if (own != null && isFrom(name, eid, own) && !taken.test(own)) {
            return own;
        }
        if (!taken.test(name)) {
            return name;
        }
        return policy == NameCollision.NUMBER ? numbered(name, taken) : withEid(name, eid, taken);
    }

    /**
     * Whether a device's name is the template's, with or without a distinguishing suffix.
     *
     * @param name the name that the template gives
     * @param own the name that the device has
     */
    public boolean isFrom(String name, Eid eid, String own) {
        if (own.equals(name) || !matter()) {
            return own.equals(name);
        }
        if (policy == NameCollision.EID) {
            return withDigits(name, eid).anyMatch(own::equals);
        }
        String number = own.substring(own.lastIndexOf(' ') + 1);
        return number.matches("[1-9]\\d{0,6}") && behind(name, number).equals(own);
    }

    private String withEid(String name, Eid eid, Predicate<String> taken) {
        return withDigits(name, eid)
                .filter(candidate -> !taken.test(candidate))
                .findFirst()
                .orElseGet(() -> behind("", eid.value()));
    }

    private Stream<String> withDigits(String name, Eid eid) {
        String all = eid.value();
        return EID_DIGITS.stream().map(digits -> behind(name, all.substring(all.length() - digits)));
    }

    /** Doubles the number until it is free and then bisects, because thousands of devices may share a name. */
    private String numbered(String name, Predicate<String> taken) {
        int used = 1;
        int free = 2;
        while (free < MOST && taken.test(behind(name, String.valueOf(free)))) {
            used = free;
            free *= 2;
        }
        while (free - used > 1) {
            int middle = (used + free) / 2;
            if (taken.test(behind(name, String.valueOf(middle)))) {
                used = middle;
            } else {
                free = middle;
            }
        }
        return behind(name, String.valueOf(free));
    }

    /** The name with a suffix, which is never cut unless it alone is too long. */
    private String behind(String name, String ending) {
        String tail = ending.substring(Math.max(0, ending.length() - maxLength));
        int room = maxLength - tail.length() - 1;
        String head = room > 0 ? SafeText.clean(name, room) : "";
        return head.isEmpty() ? tail : head + " " + tail;
    }
}
