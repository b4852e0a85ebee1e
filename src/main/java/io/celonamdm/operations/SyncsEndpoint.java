package io.celonamdm.operations;

import io.celonamdm.ledger.Comparisons;
import io.celonamdm.ledger.DeadLetters;
import io.celonamdm.ledger.Drifts;
import io.celonamdm.ledger.Run;
import io.celonamdm.ledger.Runs;
import io.celonamdm.ledger.SyncStates.Quarantine;
import io.celonamdm.ledger.Tallies;
import io.celonamdm.operations.SyncView.LastRun;
import io.celonamdm.operations.SyncView.State;
import io.celonamdm.sync.Nights;
import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.Reports;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.work.Agenda;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/** The syncs: {@code GET /actuator/syncs}, {@code GET} and {@code POST /actuator/syncs/{name}}. */
@Component
@Endpoint(id = "syncs")
class SyncsEndpoint {
    private final Syncs syncs;
    private final Runs runs;
    private final Reports reports;
    private final Nights nights;
    private final Agenda agenda;
    private final Tallies tallies;
    private final Comparisons comparisons;
    private final Drifts drifts;
    private final DeadLetters deadLetters;
    private final OnDemand onDemand;

    SyncsEndpoint(
            Syncs syncs,
            Runs runs,
            Reports reports,
            Nights nights,
            Agenda agenda,
            Tallies tallies,
            Comparisons comparisons,
            Drifts drifts,
            DeadLetters deadLetters,
            OnDemand onDemand) {
        this.syncs = syncs;
        this.runs = runs;
        this.reports = reports;
        this.nights = nights;
        this.agenda = agenda;
        this.tallies = tallies;
        this.comparisons = comparisons;
        this.drifts = drifts;
        this.deadLetters = deadLetters;
        this.onDemand = onDemand;
    }

    @ReadOperation
    List<SyncView> all() {
        return syncs.all().stream().map(this::view).toList();
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector String name) {
        return syncs.find(name)
                .map(sync -> new WebEndpointResponse<Object>(view(sync)))
                .orElseGet(() -> notFound(name));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector String name, String action) {
        Sync sync = syncs.find(name).orElse(null);
        if (sync == null) {
            return notFound(name);
        }
        return switch (action.toLowerCase(Locale.ROOT)) {
            case "run" -> run(sync, false);
            case "plan" -> run(sync, true);
            default -> Answers.badRequest("the action is run or plan, not " + action);
        };
    }

    private WebEndpointResponse<Object> run(Sync sync, boolean planOnly) {
        if (!onDemand.run(sync, planOnly)) {
            return Answers.conflict("a run of sync %s is open or queued; GET /actuator/syncs/%s shows it"
                    .formatted(sync.name(), sync.name()));
        }
        return Answers.accepted(Map.of(
                "sync",
                sync.name(),
                "run",
                runs.latest(sync.name()).map(Run::id).orElse(0L)));
    }

    private WebEndpointResponse<Object> notFound(String name) {
        return Answers.notFound("no sync is named \"%s\"; configured are %s"
                .formatted(name, syncs.all().stream().map(Sync::name).toList()));
    }

    private SyncView view(Sync sync) {
        String name = sync.name();
        Optional<Run> open = runs.open(name);
        Optional<Quarantine> quarantine = agenda.quarantine(sync);
        return new SyncView(
                name,
                state(sync, open.isPresent(), quarantine.isPresent()),
                sync.platform(),
                sync.celona().customerId(),
                nights.dueAt(sync).orElse(null),
                agenda.next(sync, open).orElse(null),
                runs.lastGood(name).orElse(null),
                open.map(Run::id).orElse(null),
                open.map(reports::report).orElse(null),
                runs.history(name, 2).stream()
                        .filter(run -> run.closedAt() != null)
                        .findFirst()
                        .map(run -> new LastRun(run.id(), String.valueOf(run.outcome()), run.closedAt()))
                        .orElse(null),
                quarantine.orElse(null),
                tallies.byPlace(name),
                tallies.waitingByStep(name),
                tallies.heldByCode(name),
                comparisons.verified(name),
                drifts.countByCode(name),
                deadLetters.countByCode(name));
    }

    private static State state(Sync sync, boolean running, boolean quarantined) {
        if (quarantined) {
            return State.QUARANTINED;
        }
        if (sync.settings().paused()) {
            return State.PAUSED;
        }
        return running ? State.RUNNING : State.IDLE;
    }
}
