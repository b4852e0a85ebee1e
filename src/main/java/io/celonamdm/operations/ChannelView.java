package io.celonamdm.operations;

import io.celonamdm.settings.Occasion;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel, without its address, which is secret.
 *
 * @param channel its name
 * @param template the template of its notices
 * @param occasions the occasions that it reports
 * @param syncs the syncs that it reports; empty for all
 * @param lastTold when it last delivered a notice
 * @param waiting the number of notices not delivered yet
 * @param failure why the oldest of them was not delivered
 */
public record ChannelView(
        String channel,
        String template,
        Set<Occasion> occasions,
        Set<String> syncs,
        @Nullable Instant lastTold,
        long waiting,
        @Nullable String failure) {}
