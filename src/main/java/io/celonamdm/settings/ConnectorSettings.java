package io.celonamdm.settings;

import io.celonamdm.settings.constraint.SyncName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that an operator can set, below the prefix {@code connector}.
 *
 * @param syncs pairings of an MDM tenant with a Celona customer, by name
 * @param syncsFolder the folder with further files of syncs, each of which holds what stands below {@code syncs}
 * @param reloadEvery how often changed files are looked for; a change counts once it was seen twice
 * @param jitter how long after the time of its schedule a night of a sync starts at the latest, unless the sync says
 *     otherwise; each sync has its own time in between
 * @param workSlice how long one firing of a sync takes up new work before it makes room for other syncs
 * @param workers how many work items of all syncs are in flight at once in this process; one that takes longer than five
 *     seconds makes room for another one
 * @param stall how long a firing, a pull or a work item may make no progress before it is called off and its sync
 *     quarantined; longer than any call may take
 * @param expiryWarning how long ahead of the day on which a credential expires people are warned
 * @param ledger where the ledger is kept
 * @param retention how long the ledger keeps what it no longer needs
 * @param security who may use the endpoints
 * @param http timeouts, proxy and trust store of outgoing calls
 * @param page the page for people
 * @param logs what the log says
 * @param traces traces of runs
 * @param notifications channels by which people are notified, by name
 */
@ConfigurationProperties("connector")
public record ConnectorSettings(
        @DefaultValue Map<@SyncName String, @Valid @NotNull SyncSettings> syncs,

        @DefaultValue(ConnectorSettings.USUAL_FOLDER) @NotBlank
        String syncsFolder,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration reloadEvery,

        @DefaultValue("0s") @DurationMin(seconds = 0) @DurationMax(hours = 12)
        Duration jitter,

        @DefaultValue("60s") @DurationMin(seconds = 1) Duration workSlice,
        @DefaultValue("24") @Range(min = 1, max = 200) int workers,

        @DefaultValue("15m") @DurationMin(seconds = 1) Duration stall,

        @DefaultValue("14d") @DurationMin(days = 1) @DurationMax(days = 90)
        Duration expiryWarning,

        @DefaultValue @Valid @NestedConfigurationProperty LedgerSettings ledger,
        @DefaultValue @Valid @NestedConfigurationProperty RetentionSettings retention,
        @DefaultValue @Valid @NestedConfigurationProperty SecuritySettings security,
        @DefaultValue @Valid @NestedConfigurationProperty HttpSettings http,
        @DefaultValue @Valid @NestedConfigurationProperty PageSettings page,
        @DefaultValue @Valid @NestedConfigurationProperty LogSettings logs,
        @DefaultValue @Valid @NestedConfigurationProperty TraceSettings traces,
        @DefaultValue Map<@SyncName String, @Valid @NotNull NotificationSettings> notifications) {

    /** The folder of syncs, unless the settings name another one. */
    public static final String USUAL_FOLDER = "config/syncs";
}
