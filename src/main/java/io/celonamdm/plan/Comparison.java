package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the MDM record of a done device with what was sent.
 *
 * @param verified whether the device shows its assigned eSIM
 * @param drift the differences from what was sent, each with a text for people
 */
public record Comparison(boolean verified, Map<ReasonCode, String> drift) {
    /** Copies the drift. */
    public Comparison {
        drift = Map.copyOf(drift);
    }

    /**
     * What was sent for a device.
     *
     * @param iccid the assigned eSIM
     * @param name the name sent to Celona; null if none was
     * @param group the device group sent to Celona, empty for Celona's default group; null if none was
     * @param enrolledAt the device's enrolment time when its eSIM was pushed
     * @param managementId the management id of the command
     * @param verifiedBefore whether it has shown its eSIM since then
     */
    public record Sent(
            @Nullable Iccid iccid,
            @Nullable String name,
            @Nullable String group,
            @Nullable Instant enrolledAt,
            @Nullable String managementId,
            boolean verifiedBefore) {}

    /**
     * The results of the rules for the device's latest record.
     *
     * @param name its name
     * @param group its device group; empty if no rule matches
     * @param iccidPrefixes the prefixes of the customer's pool; without any, another carrier's eSIM is
     *     indistinguishable from one of the pool
     */
    public record Rules(String name, Optional<String> group, List<String> iccidPrefixes) {}

    /** Compares a device's latest record with what was sent. */
    public static Comparison of(Sent sent, MdmDevice shown, Rules rules) {
        List<Iccid> iccids = iccids(shown);
        Iccid assigned = sent.iccid();
        boolean verified = shows(assigned, shown);
        Map<ReasonCode, String> drift = new EnumMap<>(ReasonCode.class);
        List<String> enrolled = reEnrolled(sent, shown, verified);
        if (!enrolled.isEmpty()) {
            drift.put(ReasonCode.RE_ENROLLED, String.join("; ", enrolled));
        }
        if (sent.name() != null && !sent.name().equals(rules.name())) {
            drift.put(
                    ReasonCode.RENAMED, "sent as \"%s\", by the rule now \"%s\"".formatted(sent.name(), rules.name()));
        }
        if (sent.group() != null && !rules.group().equals(Optional.of(sent.group()))) {
            drift.put(
                    ReasonCode.GROUP_CHANGED,
                    "sent to %s, by the rules now %s"
                            .formatted(
                                    group(sent.group()),
                                    rules.group().map(Comparison::group).orElse("in none, since none matches")));
        }
        foreign(assigned, iccids, rules.iccidPrefixes())
                .ifPresent(other -> drift.put(
                        ReasonCode.ICCID_MISMATCH,
                        "shows %s, assigned is %s"
                                .formatted(other.value(), assigned == null ? "none" : assigned.value())));
        return new Comparison(verified, drift);
    }

    /** Whether a device shows an eSIM in its inventory record. */
    public static boolean shows(@Nullable Iccid assigned, MdmDevice shown) {
        return assigned != null && iccids(shown).stream().anyMatch(assigned::sameAs);
    }

    private static List<String> reEnrolled(Sent sent, MdmDevice shown, boolean verified) {
        List<String> signs =
                new ArrayList<>(new Enrolment(sent.enrolledAt(), sent.managementId(), null).signsOfReEnrolment(shown));
        if (sent.verifiedBefore() && !verified) {
            signs.add("no longer shows its eSIM");
        }
        return signs;
    }

    /** An eSIM of the customer's pool that is not the one assigned. */
    private static Optional<Iccid> foreign(@Nullable Iccid assigned, List<Iccid> iccids, List<String> prefixes) {
        return iccids.stream()
                .filter(iccid -> !prefixes.isEmpty() && iccid.startsWithAny(prefixes))
                .filter(iccid -> assigned == null || !assigned.sameAs(iccid))
                .findFirst();
    }

    private static List<Iccid> iccids(MdmDevice device) {
        return device.iccids().stream()
                .flatMap(shown -> Iccid.find(shown).stream())
                .toList();
    }

    private static String group(String name) {
        return name.isEmpty() ? "Celona's default group" : "\"" + name + "\"";
    }
}
