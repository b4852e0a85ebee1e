package io.celonamdm.story;

import io.celonamdm.ledger.database.Times;
import io.celonamdm.story.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for what would grow without end: rows that a quiet night adds, and lines that a night logs. */
final class Growth {
    private static final Pattern OF_RUN = Pattern.compile("(?m)^\\S+ \\w+ +\\[(\\S+ run \\d+)]");

    /** Rows that tell of something, by the column with its time. */
    private static final Map<String, String> HISTORY = Map.of(
            "journal", "intended_at",
            "audit", "at",
            "run", "opened_at",
            "notice", "noted_at",
            "dead_letter", "first_at");

    private final JdbcClient ledger;
    private final World world;
    private final Story story;

    Growth(JdbcClient ledger, World world, Story story) {
        this.ledger = ledger;
        this.world = world;
        this.story = story;
    }

    /**
     * What grows too much.
     *
     * @param now the end of the story by the connector's clock, after healthy nights
     */
    List<String> broken(Instant now, String log) {
        List<String> broken = new ArrayList<>();
        rows(now, broken);
        lines(log, broken);
        return broken;
    }

    private void rows(Instant now, List<String> broken) {
        int syncs = story.tenants().size();
        int most = 3 * syncs * (world.phones.size() + 10);
        for (String table : List.of("device", "inventory", "pulled")) {
            compare(table + " has %d rows", count(table, now), most, broken);
        }
        if (story.movesClock()) {
            return;
        }
        long restless = count("device where place not in ('DONE', 'RETIRED', 'HELD')", now);
        HISTORY.forEach((table, time) -> compare(
                "the last of four healthy nights added %d rows to " + table,
                count(table + " where " + time + " > :yesterday", now),
                20L * syncs + 12 * restless,
                broken));
    }

    private long count(String rows, Instant now) {
        return ledger.sql("select count(*) from " + rows)
                .param("yesterday", Times.of(now.minus(Duration.ofDays(1))))
                .query(Long.class)
                .single();
    }

    private void lines(String log, List<String> broken) {
        Map<String, Integer> lines = new HashMap<>();
        Matcher line = OF_RUN.matcher(log);
        while (line.find()) {
            lines.merge(line.group(1), 1, Integer::sum);
        }
        lines.forEach((run, many) -> compare(run + " logged %d lines", many, 60L + 15L * world.phones.size(), broken));
    }

    private static void compare(String what, long is, long most, List<String> broken) {
        if (is > most) {
            broken.add("GROWS: %s, more than %d".formatted(what.formatted(is), most));
        }
    }
}
