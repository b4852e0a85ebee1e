package io.celonamdm.simulator.celona;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of activation-from-file over the rows of a file. */
final class Activation {
    private final EsimPool pool;
    private final CelonaSettings settings;
    private final Mishaps mishaps;
    private final OpCode opCode;
    private final Instant now = Instant.now();
    private final Set<String> seen = new HashSet<>();
    private final ActivationReport report = new ActivationReport();

    Activation(EsimPool pool, CelonaSettings settings, Mishaps mishaps, OpCode opCode) {
        this.pool = pool;
        this.settings = settings;
        this.mishaps = mishaps;
        this.opCode = opCode;
    }

    ActivationReport run(List<List<String>> rows) {
        synchronized (pool) {
            rows.forEach(this::read);
        }
        return report;
    }

    private void read(List<String> fields) {
        Optional<ActivationRow> row = ActivationRow.of(opCode, fields);
        if (row.isEmpty()) {
            report.unusable(String.join(" ", fields), Reason.CORRUPTED);
        } else if (!seen.add(row.get().iccid())) {
            report.unusable(row.get().record(), Reason.DUPLICATE);
        } else {
            process(row.get());
        }
    }

    private void process(ActivationRow row) {
        boolean goesOn = !opCode.activates() || activate(row);
        if (goesOn && opCode.activates() && !row.name().isEmpty()) {
            pool.change(row.iccid(), esim -> esim.named(row.name()));
            success(Action.DEVICE_NAME_UPDATE, row);
        }
        if (goesOn && opCode.groups()) {
            group(row);
        }
    }

    private boolean activate(ActivationRow row) {
        Optional<String> refusal = refusedActivation(row);
        if (refusal.isPresent()) {
            failure(Action.DEVICE_ACTIVATION, row, refusal.get());
            return false;
        }
        pool.change(row.iccid(), esim -> esim.in(EsimState.ACTIVE));
        success(Action.DEVICE_ACTIVATION, row);
        return true;
    }

    private Optional<String> refusedActivation(ActivationRow row) {
        Optional<Esim> esim = known(row);
        if (esim.isEmpty()) {
            return Optional.of(Reason.NO_IMSI);
        }
        return provisioned(esim.get()) ? row.simLock().refusal(settings) : Optional.of(Reason.NOT_PROVISIONED);
    }

    private void group(ActivationRow row) {
        String group = row.group().isEmpty() ? CelonaSettings.DEFAULT_GROUP : row.group();
        Optional<Esim> esim = known(row);
        if (esim.isEmpty()) {
            failure(Action.DEVICE_GROUP_ASSIGNMENT, row, Reason.NO_IMSI);
        } else if (!settings.hasGroup(group)) {
            failure(Action.DEVICE_GROUP_ASSIGNMENT, row, Reason.noSuchGroup(group));
        } else if (!esim.get().group().isEmpty()) {
            failure(Action.DEVICE_GROUP_ASSIGNMENT, row, Reason.ALREADY_IN_GROUP);
        } else {
            pool.change(row.iccid(), same -> same.grouped(group));
            success(Action.DEVICE_GROUP_ASSIGNMENT, row);
        }
    }

    private Optional<Esim> known(ActivationRow row) {
        return pool.find(row.iccid()).filter(esim -> !mishaps.hasNoImsi(esim.eid()));
    }

    private boolean provisioned(Esim esim) {
        return esim.state() == EsimState.DOWNLOADED
                || (settings.provisionedWhen() == ProvisionedWhen.ASSIGNED && esim.orderedAt(now));
    }

    private void success(Action action, ActivationRow row) {
        if (!vanishes(row)) {
            report.success(action, row.iccid());
        }
    }

    private void failure(Action action, ActivationRow row, String reason) {
        if (!vanishes(row)) {
            report.failure(action, row.iccid(), reason);
        }
    }

    private boolean vanishes(ActivationRow row) {
        return pool.find(row.iccid())
                .filter(esim -> mishaps.vanishes(esim.eid()))
                .isPresent();
    }
}
