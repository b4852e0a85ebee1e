package io.celonamdm.planning;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effect of rules on the devices of the latest complete inventory.
 *
 * @param sync the sync's name
 * @param devices how many devices the inventory shows
 * @param guard the guard that would hold back the admissible devices; null for none
 * @param pool the forecast of the customer's eSIM pool; null if the settings have no budget
 * @param byGroup how many devices would go into which group; empty is Celona's default group
 * @param byOutcome how many devices have which outcome
 * @param matching how many devices the query matches
 * @param rows the first of these, in order of EID
 */
public record PreviewReport(
        SyncName sync,
        int devices,
        @Nullable ReasonCode guard,
        @Nullable PoolForecast pool,
        Map<String, Integer> byGroup,
        Map<String, Integer> byOutcome,
        int matching,
        List<Row> rows) {

    /** The outcome of a device that a plan would admit. */
    public static final String ADMITTED = "ADMITTED";

    /** The outcome of a device that an earlier plan admitted and that is in progress. */
    public static final String ON_ITS_WAY = "ON_ITS_WAY";

    /** The outcome of a device that has its eSIM; rules no longer touch it. */
    public static final String DONE = "DONE";

    /**
     * One device.
     *
     * @param eid the eSIM chip
     * @param mdmId the MDM's id of its record
     * @param mdmName its name in the MDM
     * @param serialNumber its serial number
     * @param step where it stands; null if it is new
     * @param outcome admitted, on its way, done, or the code under which it would be held
     * @param reason the outcome in words; empty where it needs none
     * @param name the name that Celona would get
     * @param group its Celona device group; null if it has none, empty for Celona's default group
     * @param rule the rule that gives the group
     * @param simLock the SIM lock of its eSIM, or what is wrong with it; empty if none is sent
     * @param givenIccid the eSIM that it must get; null lets Celona choose
     */
    public record Row(
            String eid,
            String mdmId,
            String mdmName,
            String serialNumber,
            @Nullable String step,
            String outcome,
            String reason,
            String name,
            @Nullable String group,
            String rule,
            String simLock,
            @Nullable String givenIccid) {}
}
