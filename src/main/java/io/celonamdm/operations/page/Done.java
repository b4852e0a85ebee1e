package io.celonamdm.operations.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done of what a form asked for, in the address to which the browser is sent after it. */
enum Done {
    RUN("The run is open; it begins now."),
    PLAN("A run is open that ends after the plan; it begins now."),
    APPROVE("The plan is carried out now."),
    PAUSE("Paused: no call that writes is made until it is resumed."),
    RESUME("Resumed."),
    RELEASE("The quarantine is over; work goes on."),
    CANCEL("The run was ended. Its devices stay at their steps until the next run, or until the sync is resumed."),
    REDRIVEN("%d dead letters are redriven: their devices go on now, each at the step at which it failed."),
    DECIDED("Decided for %d devices."),
    DEVICE("It is done; below is how the device stands now.");

    private final String text;

    Done(String text) {
        this.text = text;
    }

    /** As it stands in an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it says, if the word stands for anything. */
    static Optional<String> text(@Nullable String word, int count) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .map(each -> each.text.formatted(count));
    }
}
