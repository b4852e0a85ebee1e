package io.celonamdm.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that an operator can set, below the prefix {@code connector}.
 *
 * @param syncs pairings of an MDM tenant with a Celona customer, by name
 * @param workSlice how long one firing of a sync takes up new work before it makes room for other syncs
 * @param workers how many work items of all syncs are in flight at once in this process
 * @param security who may use the endpoints
 * @param http timeouts, proxy and trust store of outgoing calls
 * @param notifications channels by which people are told what happens, by name
 */
@ConfigurationProperties("connector")
public record ConnectorSettings(
        @DefaultValue Map<@SyncName String, @Valid @NotNull SyncSettings> syncs,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration workSlice,
        @DefaultValue("16") @Count(max = 200) int workers,
        @DefaultValue @Valid @NestedConfigurationProperty SecuritySettings security,
        @DefaultValue @Valid @NestedConfigurationProperty HttpSettings http,
        @DefaultValue Map<@SyncName String, @Valid @NotNull NotificationSettings> notifications) {}
