package io.celonamdm.ledger.report;

import io.celonamdm.text.Excerpt;
import java.time.Instant;
import java.util.List;

/**
 * What a channel is to tell people.
 *
 * @param id the ledger's id
 * @param channel by which channel
 * @param sync of which sync; empty if it is of several
 * @param occasion on which occasion
 * @param title the news in one line
 * @param lines more about it
 * @param notedAt when it was noted
 * @param attempts how often telling it has failed
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
     * One thing about the news.
     *
     * @param label what it is
     * @param value how it is
     */
    public record Line(String label, String value) {
        private static final int LONGEST = 1000;

        /** What it quotes of a vendor is quoted without secrets. */
        public Line {
            value = Excerpt.lines(value, LONGEST);
        }
    }
}
