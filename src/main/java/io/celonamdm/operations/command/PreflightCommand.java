package io.celonamdm.operations.command;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.preflight.Preflight;
import io.celonamdm.preflight.PreflightReport;
import io.celonamdm.preflight.Result;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.check.UnknownSync;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Carries out {@code --preflight}: looks at what syncs need, and prints what was seen. */
@Component
class PreflightCommand {
    private final ConnectorSettings settings;
    private final Preflight preflight;

    PreflightCommand(ConnectorSettings settings, Preflight preflight) {
        this.settings = settings;
        this.preflight = preflight;
    }

    /** Looks at one sync, or at all if the name is empty. */
    ExitCode carryOut(String name) {
        // this process serves no sync, so no work starts
        Map<String, SyncSettings> configured = new TreeMap<>(settings.syncs());
        if (!name.isEmpty() && !configured.containsKey(name)) {
            throw RequestRejected.notFound(UnknownSync.text(name, configured.keySet()));
        }
        List<Sync> syncs = new ArrayList<>();
        configured.forEach((each, its) -> {
            if (name.isEmpty() || name.equals(each)) {
                syncs.add(Sync.of(each, its));
            }
        });
        List<PreflightReport> reports = preflight.of(syncs, "command line");
        PreflightPrinter.print(reports, Terminal.result());
        Result worst = reports.stream().map(PreflightReport::result).reduce(Result.OK, Result::or);
        return switch (worst) {
            case OK, UNCHECKED -> ExitCode.DONE;
            case WARN -> ExitCode.WARNED;
            case FAILED -> ExitCode.NOT_READY;
        };
    }
}
