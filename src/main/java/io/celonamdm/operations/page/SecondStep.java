package io.celonamdm.operations.page;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.text.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/**
 * The second step of a form that concerns many devices, or cannot be undone: it names their number, and sends the form
 * again with it. If the number has changed by then, nothing is done.
 *
 * @param sync the sync's name; empty for devices of several syncs
 * @param title the question
 * @param warning what follows
 * @param count the number of devices
 * @param submit the label of the button
 * @param action the address of the form
 * @param back where to go instead
 * @param fields what the form holds
 */
record SecondStep(
        String sync,
        String title,
        String warning,
        int count,
        String submit,
        String action,
        String back,
        Map<String, List<String>> fields) {

    /** Shows the question. */
    String in(Model model) {
        model.addAttribute("ask", this);
        return "confirm";
    }

    /** The fields of a form, without empty ones; the arguments are names and values in turns. */
    static Map<String, List<String>> fields(String... namesAndValues) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                fields.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
            }
        }
        return fields;
    }

    /**
     * Whether a person has confirmed the number of devices.
     *
     * @param confirmed the number that was confirmed; null before the second step
     * @param now the number now
     * @throws RequestRejected if there are none, or the number has changed since
     */
    static boolean isGiven(@Nullable Integer confirmed, int now) {
        if (now == 0) {
            throw RequestRejected.conflict("there is no such device any more");
        }
        if (confirmed != null && confirmed != now) {
            throw RequestRejected.conflict("you confirmed %s, and the number is %d now: look at them again"
                    .formatted(Counted.words(confirmed, "device"), now));
        }
        return confirmed != null;
    }
}
