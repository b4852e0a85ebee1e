package io.celonamdm.celona;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer of eid-status. "Celona eSIM Lifecycle Management" shows one status, {@code SUCCESS}; the others are
 * undocumented.
 */
public final class StatusAnswer {

    private static final String SUCCESS = "SUCCESS";
    /** While an assignment may still succeed, its device must not be assigned again. */
    private static final Set<String> GOES_ON = Set.of(
            "PENDING", "IN PROGRESS", "INPROGRESS", "PROCESSING", "QUEUED", "SUBMITTED", "ACCEPTED", "REQUESTED");

    private final Map<Eid, Status> statuses;

    private StatusAnswer(Map<Eid, Status> statuses) {
        this.statuses = Map.copyOf(statuses);
    }

    /**
     * Reads the answer. Skips records with an unreadable EID.
     *
     * @param failureWords words that mean failure, as the whole status or a word in it, such as {@code FAILED} in
     *     {@code FAILED: duplicate}; compared without case
     * @param poolWords phrases that mean that no eSIM was left, unless the status says that the assignment goes on
     * @throws Refused if Celona refused the question
     * @throws UnreadableAnswer if {@code configs} is not a list
     */
    public static StatusAnswer of(Envelope envelope, List<String> failureWords, List<String> poolWords) {
        Map<Eid, Set<Status>> records = new HashMap<>();
        for (Fields config : envelope.accepted().requiredList("configs")) {
            eid(config.anyText("eid"))
                    .ifPresent(eid -> records.computeIfAbsent(eid, each -> new LinkedHashSet<>())
                            .add(status(config, failureWords, poolWords)));
        }
        Map<Eid, Status> statuses = new HashMap<>();
        records.forEach((eid, said) -> statuses.put(eid, together(said)));
        return new StatusAnswer(statuses);
    }

    /** The status of a device; pending if the answer does not mention it. */
    public Status of(Eid eid) {
        return statuses.getOrDefault(eid, new Status.Pending(""));
    }

    private static Status status(Fields config, List<String> failureWords, List<String> poolWords) {
        String word = config.anyText("status");
        if (word.equalsIgnoreCase(SUCCESS)) {
            return Iccid.find(config.anyText("iccid"))
                    .<Status>map(Status.Succeeded::new)
                    .orElse(new Status.Pending("SUCCESS without ICCID"));
        }
        String said = Stream.of("status", "reason", "error", "message")
                .map(key -> config.anyText(key))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(": "));
        if (Phrases.in(said, poolWords) && !GOES_ON.contains(Phrases.plain(word))) {
            return new Status.OutOfStock(said);
        }
        if (failureWords.stream().anyMatch(failure -> words(word).contains(words(failure)))) {
            return new Status.Failed(said);
        }
        return new Status.Pending(word);
    }

    /**
     * What the records of one device say together. An eSIM that was given stays given, but of two nobody knows which one
     * the phone will get. A device may be assigned again after a failure, so one that may still succeed has not failed.
     */
    private static Status together(Set<Status> said) {
        List<Iccid> given = said.stream()
                .filter(Status.Succeeded.class::isInstance)
                .map(status -> ((Status.Succeeded) status).iccid())
                .toList();
        if (given.size() > 1) {
            return new Status.Pending("SUCCESS with several ICCIDs: "
                    + given.stream().map(Iccid::value).sorted().collect(Collectors.joining(", ")));
        }
        return given.isEmpty()
                ? said.stream()
                        .filter(Status.Pending.class::isInstance)
                        .findFirst()
                        .orElseGet(() -> said.iterator().next())
                : new Status.Succeeded(given.get(0));
    }

    private static String words(String text) {
        return " " + Phrases.plain(text) + " ";
    }

    private static Optional<Eid> eid(String text) {
        try {
            return Optional.of(Eid.of(text));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
