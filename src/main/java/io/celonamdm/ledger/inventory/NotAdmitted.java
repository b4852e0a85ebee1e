package io.celonamdm.ledger.inventory;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.plan.Guards;
import java.util.List;
import java.util.stream.Stream;

/** Codes of devices held before admission. The next plan decides about them again. */
final class NotAdmitted {
    static final List<String> CODES = Stream.concat(
                    Guards.CODES.stream(),
                    Stream.of(
                            ReasonCode.NO_GROUP,
                            ReasonCode.OUT_OF_SCOPE,
                            ReasonCode.ICCID_INVALID,
                            ReasonCode.ICCID_IN_USE,
                            ReasonCode.OWNED_BY_OTHER_SYNC,
                            ReasonCode.RELEASED))
            .map(ReasonCode::name)
            .toList();

    private NotAdmitted() {}
}
