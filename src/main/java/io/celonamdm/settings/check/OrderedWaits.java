package io.celonamdm.settings.check;

import io.celonamdm.settings.CelonaSettings;
import io.celonamdm.settings.SyncSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The first wait is no longer than the longest one, which is no longer than the deadline. */
final class OrderedWaits implements SyncRule {
    private static final List<String> KEYS = List.of("first", "max", "deadline");

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        CelonaSettings.PollSettings poll = sync.celona().poll();
        check(at.append("celona.poll"), problems, poll.first(), poll.max(), poll.deadline());
        CelonaSettings.ProvisionSettings provision = sync.celona().provision();
        check(at.append("celona.provision"), problems, provision.first(), provision.max(), provision.deadline());
        SyncSettings.ConfirmSettings confirm = sync.confirm();
        check(at.append("confirm"), problems, confirm.first(), confirm.max(), confirm.deadline());
        check(at.append("retry"), problems, sync.retry().first(), sync.retry().max());
    }

    private static void check(ConfigurationPropertyName group, Problems problems, Duration... waits) {
        for (int i = 1; i < waits.length; i++) {
            ConfigurationPropertyName limit = group.append(KEYS.get(i));
            if (waits[i - 1].compareTo(waits[i]) > 0 && !problems.spoil(limit)) {
                problems.add(
                        group.append(KEYS.get(i - 1)),
                        text(waits[i - 1]) + " must not be longer than " + limit + ", which is " + text(waits[i]));
            }
        }
    }

    private static String text(Duration duration) {
        return duration.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    }
}
