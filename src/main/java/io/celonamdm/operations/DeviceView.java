package io.celonamdm.operations;

import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeviceState;
import io.celonamdm.ledger.inventory.Drift;
import io.celonamdm.ledger.report.DeviceHistory.JournaledCall;
import java.util.List;

/**
 * All that is known of one device.
 *
 * @param device its state
 * @param drift how its MDM record has drifted from what was sent
 * @param calls the journalled calls that it was part of, the earliest first
 * @param deadLetters how it failed, the earliest first
 * @param audit its audit entries, the earliest first
 */
public record DeviceView(
        DeviceState device,
        List<Drift> drift,
        List<JournaledCall> calls,
        List<DeadLetter> deadLetters,
        List<Audit.Entry> audit) {}
