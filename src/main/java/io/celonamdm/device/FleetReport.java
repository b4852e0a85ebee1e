package io.celonamdm.device;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.SmdpAddress;
import io.celonamdm.esim.Step;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a sync's devices stand at the end of a firing: the body with which a platform's report route is called. */
public interface FleetReport {

    /** Whether the firing has pulled an inventory and planned from it. */
    boolean planned();

    /** Whether the firing was to plan only, and has changed no device. */
    boolean planOnly();

    /** All devices that the ledger has, in the order of their EIDs; they are read in portions while one goes through them. */
    Iterable<Row> devices();

    /** Of these, the ones that have an eSIM to download and were not seen with it yet. */
    Iterable<Row> downloads();

    /** The devices of some EIDs, by EID; those that the ledger does not have are missing. */
    Map<String, Row> of(Collection<String> eids);

    /**
     * How a device stands.
     *
     * @param eid its EID
     * @param device its latest inventory record
     * @param state WAITING, IN_FLIGHT, HELD, IN_DOUBT, DEAD, DONE or RETIRED
     * @param step the step that it has reached; the state again if it is DONE or RETIRED
     * @param code what keeps it from going on, or what is remarkable about it
     * @param reason the code's reason, in the vendor's words if it is the vendor's
     * @param iccid the eSIM that Celona assigned
     * @param address where it downloads its eSIM; null before Celona has named it
     */
    record Row(
            Eid eid,
            MdmDevice device,
            String state,
            String step,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Iccid iccid,
            @Nullable SmdpAddress address) {

        /** Whether nothing is left to do for it. */
        public boolean isDone() {
            return state.equals("DONE");
        }

        /** Whether its eSIM is active, and a sign of the device is all that is waited for. */
        public boolean isUnconfirmed() {
            return step.equals(Step.CONFIRM.name()) && (state.equals("WAITING") || state.equals("IN_FLIGHT"));
        }
    }
}
