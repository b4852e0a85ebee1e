package io.celonamdm.ledger;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.platform.MdmDevice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the EIDs of inventory records; a record that cannot be served becomes a finding. */
@Component
class UsableEids {
    private final Findings findings;

    UsableEids(Findings findings) {
        this.findings = findings;
    }

    /** The EID in its one spelling; null if the record cannot be served. */
    @Nullable
    String eid(Pull pull, MdmDevice device, EidCheck check) {
        String raw = device.eid();
        ReasonCode excluded = device.excluded();
        if (excluded != null) {
            pull.found(excluded);
            return null;
        }
        if (device.id().isBlank()) {
            pull.found(ReasonCode.NO_RECORD_ID);
            return null;
        }
        if (raw == null || raw.isBlank()) {
            pull.found(ReasonCode.NO_EID);
            return null;
        }
        try {
            Eid eid = Eid.of(raw);
            if (check != EidCheck.OFF && !eid.checkDigitsValid()) {
                findings.add(
                        pull, device, ReasonCode.EID_CHECK_DIGITS, "check digits of " + eid.value() + " are wrong");
                return check == EidCheck.STRICT ? null : eid.value();
            }
            return eid.value();
        } catch (InvalidValue e) {
            findings.add(pull, device, e.code(), String.valueOf(e.getMessage()));
            return null;
        }
    }
}
