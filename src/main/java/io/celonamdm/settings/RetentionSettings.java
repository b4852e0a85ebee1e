package io.celonamdm.settings;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the ledger keeps what it no longer needs. What decides whether an EID may get an eSIM stays in any case.
 *
 * @param runs how long runs and their reports are kept; the latest ones of each sync stay
 * @param journal how long the calls and the closed dead letters of a device are kept once it is done or retired; longer than
 *     any {@code redrive.max-age}
 * @param audit how long it is kept who changed something, and why
 * @param devices how long after its MDM has ceased to show a device its name, user, serial number and record are kept
 * @param notices how long notices are kept that were delivered or given up
 */
public record RetentionSettings(
        @DefaultValue("400d") @DurationMin(days = 7) Duration runs,
        @DefaultValue("400d") @DurationMin(days = 30) Duration journal,
        @DefaultValue("1100d") @DurationMin(days = 30) Duration audit,
        @DefaultValue("90d") @DurationMin(days = 1) Duration devices,
        @DefaultValue("30d") @DurationMin(days = 7) Duration notices) {}
