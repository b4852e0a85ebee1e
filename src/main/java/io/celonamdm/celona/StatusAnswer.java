package io.celonamdm.celona;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What eid-status answers. "Celona eSIM Lifecycle Management" shows one word, {@code SUCCESS}; which others there are is
 * not documented.
 */
public final class StatusAnswer {

    private static final String SUCCESS = "SUCCESS";

    private final Map<Eid, Status> statuses;

    private StatusAnswer(Map<Eid, Status> statuses) {
        this.statuses = Map.copyOf(statuses);
    }

    /**
     * Reads the answer. Records whose EID cannot be read are left out.
     *
     * @param failureWords what means a failure if it is the whole status or a word in it, such as {@code FAILED} in
     *     {@code FAILED: duplicate}; compared without case
     * @throws Refused if Celona refused the question
     * @throws UnreadableAnswer if {@code configs} is not a list
     */
    public static StatusAnswer of(Envelope envelope, List<String> failureWords) {
        Map<Eid, Status> statuses = new HashMap<>();
        for (Map<String, Object> config : Json.objects(envelope.accepted(), "configs")) {
            read(Json.text(config, "eid"), Eid::of)
                    .ifPresent(eid -> statuses.merge(eid, status(config, failureWords), StatusAnswer::better));
        }
        return new StatusAnswer(statuses);
    }

    /** The status of a device; pending if the answer does not mention it. */
    public Status of(Eid eid) {
        return statuses.getOrDefault(eid, new Status.Pending(""));
    }

    private static Status status(Map<String, Object> config, List<String> failureWords) {
        String word = Json.text(config, "status");
        if (word.equalsIgnoreCase(SUCCESS)) {
            return read(Json.text(config, "iccid"), Iccid::of)
                    .<Status>map(Status.Succeeded::new)
                    .orElse(new Status.Pending("SUCCESS without ICCID"));
        }
        if (failureWords.stream().anyMatch(failure -> words(word).contains(words(failure)))) {
            return new Status.Failed(Stream.of(word, Json.text(config, "reason"), Json.text(config, "error"))
                    .filter(text -> !text.isEmpty())
                    .reduce((first, second) -> first + ": " + second)
                    .orElse(word));
        }
        return new Status.Pending(word);
    }

    /** An eSIM that was given stays given, whatever another record of the same device says. */
    private static Status better(Status first, Status second) {
        return first instanceof Status.Succeeded ? first : second;
    }

    private static String words(String text) {
        return " "
                + text.toUpperCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }

    private static <T> Optional<T> read(String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
