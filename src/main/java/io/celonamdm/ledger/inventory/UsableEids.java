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
        Judged judged = judge(device, check);
        ReasonCode code = judged.code;
        if (code == ReasonCode.RECORD_UNREADABLE) {
            return broken(pull, device, judged.detail);
        }
        if (code != null && judged.detail.isEmpty()) {
            pull.found(code);
        } else if (code != null) {
            findings.add(pull, device, code, judged.detail);
        }
        return judged.eid;
    }

    /** The EID in its normal form, without a finding; null if the record cannot be served. */
    static @Nullable Eid eid(MdmDevice device, EidCheck check) {
        return judge(device, check).eid;
    }

    /**
     * A judged record.
     *
     * @param eid its EID; null if it cannot be served
     * @param code what is remarkable about it; null if nothing is
     * @param detail the same in words; empty for a record that is only counted
     */
    private record Judged(@Nullable Eid eid, @Nullable ReasonCode code, String detail) {
        static Judged counted(ReasonCode code) {
            return new Judged(null, code, "");
        }
    }

    private static Judged judge(MdmDevice device, EidCheck check) {
        String raw = device.eid();
        ReasonCode excluded = device.excluded();
        if (excluded != null) {
            return Judged.counted(excluded);
        }
        if (device.id().isBlank()) {
            return Judged.counted(ReasonCode.NO_RECORD_ID);
        }
        String management = device.managementId();
        if (device.id().length() > Findings.MDM_ID || (management != null && management.length() > MANAGEMENT_ID)) {
            return new Judged(
                    null, ReasonCode.RECORD_UNREADABLE, "an id of the record is longer than any that an MDM gives");
        }
        if (raw == null || raw.isBlank()) {
            return Judged.counted(ReasonCode.NO_EID);
        }
        try {
            Eid eid = Eid.of(raw);
            return check == EidCheck.OFF || eid.checkDigitsValid()
                    ? new Judged(eid, null, "")
                    : new Judged(
                            check == EidCheck.STRICT ? null : eid,
                            ReasonCode.EID_CHECK_DIGITS,
                            "check digits of " + eid.value() + " are wrong");
        } catch (InvalidValue e) {
            return new Judged(null, e.code(), String.valueOf(e.getMessage()));
        }
    }
}
