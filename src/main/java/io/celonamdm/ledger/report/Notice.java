package io.celonamdm.ledger.report;

import io.celonamdm.text.Excerpt;
import java.time.Instant;
import java.util.List;

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
 */
public record Notice(
        long id,
        String channel,
        String sync,
        String occasion,
        String title,
        List<Line> lines,
        Instant notedAt,
        int attempts) {

    /**
     * One detail of a notice.
     *
     * @param label its label
     * @param value its value
     */
    public record Line(String label, String value) {
        private static final int LONGEST = 1000;

        /** Removes secrets from what it quotes of a vendor. */
        public Line {
            value = Excerpt.lines(value, LONGEST);
        }
    }
}
