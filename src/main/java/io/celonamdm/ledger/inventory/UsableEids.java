package io.celonamdm.ledger.inventory;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Eid;
import io.celonamdm.esim.EidCheck;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.database.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the EIDs of inventory records; a record that cannot be served becomes a finding. */
@Component
class UsableEids {
    private static final int MANAGEMENT_ID = 100;

    private final Findings findings;

    UsableEids(Findings findings) {
        this.findings = findings;
    }

    /** Reports a record that does not fit into the ledger; the device stays as it was. */
    @Nullable
    Eid broken(Pull pull, MdmDevice device, String why) {
        String detail = "record %s: %s".formatted(Text.cut(device.id(), Findings.MDM_ID), why);
        pull.broken(new BrokenRecord(device.id(), ReasonCode.RECORD_UNREADABLE, detail));
        findings.add(pull, device, ReasonCode.RECORD_UNREADABLE, detail);
        return null;
    }

    /** The EID in its normal form; null if the record cannot be served. */
    @Nullable
    Eid eid(Pull pull, MdmDevice device, EidCheck check) {
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
        String management = device.managementId();
        if (device.id().length() > Findings.MDM_ID || (management != null && management.length() > MANAGEMENT_ID)) {
            return broken(pull, device, "an id of the record is longer than any that an MDM gives");
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
                return check == EidCheck.STRICT ? null : eid;
            }
            return eid;
        } catch (InvalidValue e) {
            findings.add(pull, device, e.code(), String.valueOf(e.getMessage()));
            return null;
        }
    }
}
