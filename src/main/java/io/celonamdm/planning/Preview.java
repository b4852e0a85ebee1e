package io.celonamdm.planning;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.ledger.inventory.Fleet;
import io.celonamdm.ledger.inventory.Fleet.Sizes;
import io.celonamdm.ledger.inventory.Names;
import io.celonamdm.ledger.inventory.ShownDevices;
import io.celonamdm.ledger.inventory.ShownDevices.Shown;
import io.celonamdm.plan.DeviceGroups;
import io.celonamdm.plan.DeviceGroups.Choice;
import io.celonamdm.planning.AdmissionRules.Decision;
import io.celonamdm.planning.PreviewReport.Row;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows the effect of rules on real devices. It reads page by page, and writes nothing. */
@Component
public class Preview {
    private final ShownDevices shown;
    private final Fleet fleet;
    private final Names names;
    private final AdmissionRules rules;
    private final Newcomers newcomers;
    private final PoolForecasts pools;

    Preview(
            ShownDevices shown,
            Fleet fleet,
            Names names,
            AdmissionRules rules,
            Newcomers newcomers,
            PoolForecasts pools) {
        this.shown = shown;
        this.fleet = fleet;
        this.names = names;
        this.rules = rules;
        this.newcomers = newcomers;
        this.pools = pools;
    }

    /**
     * Applies the rules of a sync to its latest complete inventory. The totals cover all devices.
     *
     * @param sync the sync, with its own rules or with others
     * @param limit the most devices that are listed
     * @param query text in the EID, MDM id, name, serial number or user of the devices listed, in any case; empty for
     *     all
     */
    public PreviewReport of(Sync sync, int limit, String query) {
        Admission admission = new Admission(sync, rules);
        Map<String, Integer> byGroup = new TreeMap<>();
        Map<String, Integer> byOutcome = new TreeMap<>();
        List<Row> rows = new ArrayList<>();
        Set<String> given = new HashSet<>();
        int devices = 0;
        int matching = 0;
        Iterator<Shown> all = shown.all(
                        sync.name(), sync.celona().customerId(), sync.mdm().isAheadOfEnrolment())
                .iterator();
        while (all.hasNext()) {
            Shown device = all.next();
            Decision decision = admission.of(device.mdm(), device.eid(), device.owned());
            Optional<Choice> choice = sync.groups().choose(device.mdm());
            if (decision.code() != ReasonCode.OUT_OF_SCOPE) {
                choice.ifPresent(each -> byGroup.merge(each.group(), 1, Integer::sum));
            }
            byOutcome.merge(outcome(device, decision), 1, Integer::sum);
            devices++;
            if (matches(device, query)) {
                matching++;
                if (rows.size() < limit) {
                    rows.add(row(sync, device, decision, choice.orElse(null), given));
                }
            }
        }
        Sizes sizes = fleet.sizes(sync.name());
        ReasonCode guard = newcomers.guard(sync, sizes.inventory(), sizes).orElse(null);
        PoolForecast pool = pools.of(sync, byOutcome.getOrDefault(PreviewReport.ADMITTED, 0));
        return new PreviewReport(sync.name(), devices, guard, pool, byGroup, byOutcome, matching, rows);
    }

    /** An admitted device does not start over; only scope and groups can still hold it back. */
    private static String outcome(Shown device, Decision decision) {
        if (device.position() != null && !device.position().place().hasStep()) {
            return PreviewReport.DONE;
        }
        ReasonCode code = decision.code();
        if (!device.admitted()) {
            return code == null ? PreviewReport.ADMITTED : code.name();
        }
        return code == ReasonCode.OUT_OF_SCOPE || code == ReasonCode.NO_GROUP ? code.name() : PreviewReport.ON_ITS_WAY;
    }

    private Row row(Sync sync, Shown device, Decision decision, @Nullable Choice choice, Set<String> given) {
        MdmDevice mdm = device.mdm();
        String outcome = outcome(device, decision);
        ReasonCode code = decision.code();
        return new Row(
                device.eid().value(),
                mdm.id(),
                mdm.name(),
                mdm.serialNumber(),
                device.admitted() && device.position() != null
                        ? device.position().shownStep()
                        : null,
                outcome,
                code != null && code.name().equals(outcome) ? decision.reason() : "",
                name(sync, device, given),
                choice == null ? null : choice.group(),
                rule(sync, choice),
                simLock(sync, mdm),
                Optional.ofNullable(decision.given())
                        .map(iccid -> iccid.value())
                        .orElse(null));
    }

    /** Names of devices above in the list count as taken, although no device has them yet. */
    private String name(Sync sync, Shown device, Set<String> given) {
        String name = sync.distinctNames()
                .of(
                        sync.names().of(device.mdm(), device.eid()),
                        device.eid(),
                        device.name(),
                        each -> given.contains(each) || names.isTaken(sync.name(), device.eid(), each));
        given.add(name);
        return name;
    }

    private static String rule(Sync sync, @Nullable Choice choice) {
        if (sync.settings().deviceGroups().isEmpty()) {
            return "no rules";
        }
        return choice == null || choice.rule() == DeviceGroups.NO_RULE
                ? "default-group"
                : "device-groups[" + choice.rule() + "]";
    }

    private static String simLock(Sync sync, MdmDevice device) {
        try {
            return Optional.ofNullable(sync.simLock(device))
                    .map(lock -> String.join(
                                    " ",
                                    lock.status(),
                                    lock.policy(),
                                    lock.expectedImei() == null
                                            ? ""
                                            : lock.expectedImei().value())
                            .strip())
                    .orElse("");
        } catch (InvalidValue e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private static boolean matches(Shown device, String query) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        MdmDevice mdm = device.mdm();
        return Stream.of(device.eid().value(), mdm.id(), mdm.name(), mdm.serialNumber(), mdm.user())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
