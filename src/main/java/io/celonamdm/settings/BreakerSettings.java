package io.celonamdm.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.Range;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a sync stops because too much fails at one of its steps. A call that fails as a whole counts once, and so does each
 * device that becomes a dead letter; a phone that is off counts for nothing.
 *
 * @param inARow how many failures, with nothing between them that went well, are too many
 * @param percent which share of what was tried in a run, in percent, is too much
 * @param percentFrom how much must have been tried in the run before the share counts
 * @param sameRefusals how many devices, one after the other, the MDM must have refused with the same words for them to be
 *     about the account; numbers and ids in the words do not count
 */
public record BreakerSettings(
        @DefaultValue("50") @Range(min = 1, max = 1_000_000) int inARow,
        @DefaultValue("50") @Positive @Max(100) int percent,

        @DefaultValue("100") @Range(min = 1, max = 1_000_000)
        int percentFrom,

        @DefaultValue("5") @Range(min = 1, max = 1_000_000) int sameRefusals) {}
