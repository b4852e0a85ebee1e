package io.celonamdm.settings;

import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A first wait is not longer than the longest one, and that not longer than the deadline. */
final class OrderedWaits implements SyncRule {
    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        CelonaSettings.PollSettings poll = sync.celona().poll();
        CelonaSettings.ProvisionSettings provision = sync.celona().provision();
        ordered(at.append("celona.poll"), "first", poll.first(), "max", poll.max(), problems);
        ordered(at.append("celona.poll"), "max", poll.max(), "deadline", poll.deadline(), problems);
        ordered(at.append("celona.provision"), "first", provision.first(), "max", provision.max(), problems);
        ordered(at.append("celona.provision"), "max", provision.max(), "deadline", provision.deadline(), problems);
        ordered(
                at.append("confirm"),
                "first",
                sync.confirm().first(),
                "max",
                sync.confirm().max(),
                problems);
        ordered(
                at.append("confirm"),
                "max",
                sync.confirm().max(),
                "deadline",
                sync.confirm().deadline(),
                problems);
        ordered(
                at.append("retry"),
                "first",
                sync.retry().first(),
                "max",
                sync.retry().max(),
                problems);
    }

    private static void ordered(
            ConfigurationPropertyName group,
            String shorter,
            Duration low,
            String longer,
            Duration high,
            Problems problems) {
        ConfigurationPropertyName key = group.append(shorter);
        ConfigurationPropertyName limit = group.append(longer);
        if (low.compareTo(high) > 0 && !problems.spoil(key) && !problems.spoil(limit)) {
            problems.add(key, text(low) + " must not be longer than " + limit + ", which is " + text(high));
        }
    }

    private static String text(Duration duration) {
        return duration.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    }
}
