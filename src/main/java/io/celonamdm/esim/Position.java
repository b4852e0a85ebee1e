package io.celonamdm.esim;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands: its place, and its step if the place has one. Where people and the ledger's column {@code step}
 * expect a step, a device without one shows its place.
 *
 * @param place its place
 * @param step what it does next; null if it is done or retired
 */
public record Position(Place place, @JsonIgnore @Nullable Step step) {
    private static final Set<String> STEPS =
            Stream.of(Step.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    /** All that positions show as their step. */
    public static final List<String> SHOWN_STEPS = Stream.concat(
                    Stream.of(Step.values()), Stream.of(Place.values()).filter(place -> !place.hasStep()))
            .map(Enum::name)
            .toList();

    public Position {
        if (place.hasStep() != (step != null)) {
            throw new IllegalArgumentException("%s cannot be at %s".formatted(place, step));
        }
    }

    /** The position of a device that shows this step in this place. */
    public static Position of(Place place, String shownStep) {
        return new Position(place, place.hasStep() ? Step.valueOf(shownStep) : null);
    }

    /** The position that the ledger's columns say; empty if they contradict themselves, as only a hand can write them. */
    public static Optional<Position> read(String place, String shownStep) {
        return Stream.of(Place.values())
                .filter(each -> each.name().equals(place))
                .filter(each -> each.hasStep() ? STEPS.contains(shownStep) : shownStep.equals(place))
                .map(each -> of(each, shownStep))
                .findFirst();
    }

    /** The step; the place of a device that has none. */
    @JsonProperty("step")
    public String shownStep() {
        return step == null ? place.name() : step.name();
    }

    /** Whether it has left the step behind. */
    public boolean isPast(Step other) {
        return step == null || step.compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return step == null ? place.name() : place + " at " + step;
    }
}
