package io.celonamdm.operations.page;

import io.celonamdm.text.Counted;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Flash message after a form post, passed in the redirect URL. */
enum FlashMessage {
    RUN("The run is open; it begins now."),
    PLAN("A plan-only run is open; it begins now."),
    APPROVE("The plan is carried out now."),
    PAUSE("Paused: the sync makes no call that writes until it is resumed."),
    RESUME("Resumed."),
    RELEASE("The quarantine is over; work continues."),
    CANCEL("The run was ended. Its devices stay at their steps until the next run, or until the sync is resumed."),
    REDRIVEN("Redriven: %s. Each device continues now, at the step where it failed.", "dead letter"),
    DECIDED("Decided for %s.", "device"),
    TESTED("The test was handed to the channel; when it arrives, “last told” below shows it."),
    BACKUP("The backup is complete."),
    ERASED("Erased: the data of %s.", "device"),
    DEVICE("Done; the device's new state is below.");

    private final String text;
    private final String counted;

    FlashMessage(String text) {
        this(text, "");
    }

    /** A text about a number of something. */
    FlashMessage(String text, String counted) {
        this.text = text;
        this.counted = counted;
    }

    /** Its form in an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its text, if the word is known. */
    static Optional<String> text(@Nullable String word, int count) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .map(each -> each.text.formatted(Counted.words(count, each.counted)));
    }
}
