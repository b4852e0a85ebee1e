package io.celonamdm.settings;

import io.celonamdm.plan.NameCollision;
import io.celonamdm.settings.mdm.MdmSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One sync: an MDM tenant paired with a Celona customer, with its own schedule and rules.
 *
 * @param schedule when the nightly run starts: a Quartz cron expression such as {@code 0 30 4 * * ?}
 * @param timeZone the zone in which the schedule is read
 * @param jitter how long after the time of its schedule a night starts at the latest; empty takes that of all syncs
 * @param between how often the sync looks for newly enrolled devices between its nights, such as {@code 15m}; empty never does
 * @param mdm the MDM tenant
 * @param celona the Celona customer
 * @param deviceName how a device is named at Celona: text with placeholders such as {@code {name}} or {@code {serial}}
 * @param deviceNameMaxLength the longest name sent to Celona, in characters; longer ones are cut
 * @param deviceNameCollision what happens to a name that another device of the sync has: {@code allow}, {@code number}
 *     (a number goes behind it) or {@code eid} (the EID's last digits do)
 * @param scope which of the devices that the MDM shows are served
 * @param iccidFrom {@code attribute:Key} for the attribute that has the ICCID of the eSIM that a device must get; empty
 *     takes the platform's own field, if there is one
 * @param deviceGroups which Celona device group a device joins; the first rule that matches wins
 * @param defaultGroup the group of a device that no rule matches: {@code hold} holds it back, empty is Celona's default group
 * @param simLock SIM lock sent with the activation, where the rule of the device's group has none of its own
 * @param guards limits above which new devices are held back
 * @param runWindow how long a run stays open for work that becomes due
 * @param retry how soon a call that failed for a passing reason is made again
 * @param breaker when the sync stops because too much fails
 * @param doneWhen which sign of a device is enough once its eSIM is active: {@code acknowledged} by the device to the MDM,
 *     or {@code seen} in the inventory; {@code activated} waits for none. The eSIM in the inventory, or a person's word, is
 *     enough in any case
 * @param confirm how that sign is waited for
 * @param onReEnrol what follows for a device that re-enrolled after its eSIM was pushed: {@code report}, or
 *     {@code push} its eSIM once more
 * @param inDoubt what follows for a device of which nobody knows whether Celona has assigned it an eSIM: {@code probe} tells
 *     it once to fetch one, which does no harm if there is none, and looks for it in the inventory; {@code ask} leaves it to
 *     a person at once. By itself nothing is posted to assign-eid in either case
 * @param inDoubtPatience how long after that, and for two complete inventories at least, a probed device is looked at before
 *     a person is asked
 * @param redrive which dead letters are redriven by themselves, and how often
 * @param paused whether the sync makes no call that writes
 * @param planOnly whether nightly runs stop after the plan
 */
public record SyncSettings(
        @NotBlank(message = "missing: when the nightly run starts, such as 0 30 4 * * ?")
        String schedule,

        @DefaultValue("UTC") @NotNull ZoneId timeZone,

        @Nullable @DurationMin(seconds = 0) @DurationMax(hours = 12)
        Duration jitter,

        @Nullable @DurationMin(minutes = 1) @DurationMax(hours = 12)
        Duration between,

        @DefaultValue @NotNull @Valid MdmSettings mdm,
        @DefaultValue @NotNull @Valid CelonaSettings celona,
        @DefaultValue("{name}") @NotBlank String deviceName,
        @DefaultValue("64") @Range(min = 1, max = 255) int deviceNameMaxLength,
        @DefaultValue("eid") @NotNull NameCollision deviceNameCollision,
        @DefaultValue @NotNull @Valid ScopeSettings scope,
        @DefaultValue("") @NotNull String iccidFrom,
        @DefaultValue List<@Valid @NotNull DeviceGroupSettings> deviceGroups,
        @DefaultValue("hold") @NotNull String defaultGroup,
        @DefaultValue @Valid SimLockSettings simLock,
        @DefaultValue @Valid GuardSettings guards,
        @DefaultValue("2h") @DurationMin(minutes = 1) Duration runWindow,
        @DefaultValue @Valid BackOffSettings retry,
        @DefaultValue @Valid BreakerSettings breaker,
        @DefaultValue("acknowledged") @NotNull DoneWhen doneWhen,
        @DefaultValue @NotNull @Valid ConfirmSettings confirm,
        @DefaultValue("report") @NotNull ReEnrol onReEnrol,
        @DefaultValue("probe") @NotNull WhenInDoubt inDoubt,

        @DefaultValue("3d") @NotNull @DurationMin(millis = 0)
        Duration inDoubtPatience,

        @DefaultValue @Valid RedriveSettings redrive,
        @DefaultValue("false") boolean paused,
        @DefaultValue("false") boolean planOnly) {

    /** The value of {@code default-group} that holds unmatched devices back. */
    public static final String HOLD = "hold";

    /** Which sign of a device is enough once its eSIM is active. */
    public enum DoneWhen {
        /** The device has acknowledged its command, or the inventory shows the eSIM. */
        ACKNOWLEDGED,
        /** The inventory shows the eSIM. */
        SEEN,
        /** None. */
        ACTIVATED;

        /** Whether a device needs no further sign of it. */
        public boolean isMet(boolean acknowledged, boolean shown) {
            return this == ACTIVATED || shown || (this == ACKNOWLEDGED && acknowledged);
        }
    }

    /**
     * How a sign of a device is waited for.
     *
     * @param first the first wait before the MDM is asked what became of the command; each further one doubles
     * @param max the longest wait between two questions
     * @param deadline how long after the activation a device that was not heard of becomes a dead letter
     */
    public record ConfirmSettings(
            @DefaultValue("2m") @DurationMin(millis = 10) Duration first,
            @DefaultValue("12h") @DurationMin(millis = 10) Duration max,
            @DefaultValue("30d") @DurationMin(seconds = 1) Duration deadline) {}

    /** What follows for a device of which nobody knows whether Celona has assigned it an eSIM. */
    public enum WhenInDoubt {
        /** It is told to fetch an eSIM, and the inventory shows whether there was one. */
        PROBE,
        /** A person is asked. */
        ASK
    }

    /** What follows for a device that re-enrolled after its eSIM was pushed. */
    public enum ReEnrol {
        /** It is reported as drift, and stays as it is. */
        REPORT,
        /** The eSIM that it was assigned is pushed to it once more. */
        PUSH
    }
}
