package io.celonamdm.ledger.report;

import io.celonamdm.esim.DeviceNumbers;
import io.celonamdm.text.Excerpt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for a channel to deliver.
 *
 * @param id the ledger's id
 * @param channel the channel's name
 * @param sync the sync's name; empty for several syncs
 * @param occasion why it is sent
 * @param title the news in one line
 * @param lines its details
 * @param notedAt when it was recorded
 * @param attempts how often delivery has failed
 * @param event the event of an incident that it is; null for other notices
 */
public record Notice(
        long id,
        String channel,
        String sync,
        String occasion,
        String title,
        List<Line> lines,
        Instant notedAt,
        int attempts,
        @Nullable Event event) {

    /**
     * What is sent for an event of an incident, instead of title and lines.
     *
     * @param id what tells it from all others, however often it is sent
     * @param json its JSON
     */
    public record Event(String id, String json) {}

    /**
     * One detail of a notice.
     *
     * @param label its label
     * @param value its value
     * @param links where the page shows it
     */
    public record Line(String label, String value, List<Link> links) {
        private static final int LONGEST = 1000;

        /** Removes secrets from what it quotes of a vendor, and shortens the numbers of devices before it cuts the text. */
        public Line {
            value = Excerpt.lines(DeviceNumbers.shortened(value), LONGEST);
            // notices of earlier versions have none
            links = links == null ? List.of() : List.copyOf(links);
        }

        /** A detail that leads nowhere. */
        public Line(String label, String value) {
            this(label, value, List.of());
        }
    }

    /**
     * A part of the page.
     *
     * @param words what it shows
     * @param path its path, which the page's address comes before
     */
    public record Link(String words, String path) {}
}
