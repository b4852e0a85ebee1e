package io.celonamdm.operations;

import io.celonamdm.sync.OnDemand;
import io.celonamdm.sync.PlanChanged;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.SyncControl;
import io.celonamdm.sync.Syncs;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/** The syncs: {@code GET /actuator/syncs}, {@code GET} and {@code POST /actuator/syncs/{name}}. */
@Component
@Endpoint(id = "syncs")
class SyncsEndpoint {
    private final Syncs syncs;
    private final SyncViews views;
    private final SyncControl control;
    private final OnDemand onDemand;

    SyncsEndpoint(Syncs syncs, SyncViews views, SyncControl control, OnDemand onDemand) {
        this.syncs = syncs;
        this.views = views;
        this.control = control;
        this.onDemand = onDemand;
    }

    @ReadOperation
    List<SyncView> all() {
        return syncs.all().stream().map(views::of).toList();
    }

    @ReadOperation
    WebEndpointResponse<Object> one(@Selector String name) {
        return syncs.find(name)
                .map(sync -> new WebEndpointResponse<Object>(views.of(sync)))
                .orElseGet(() -> Answers.noSync(syncs, name));
    }

    // actuator takes a parameter as optional by this annotation of Spring's
    @WriteOperation
    WebEndpointResponse<Object> act(
            @Selector String name,
            String action,
            @Nullable String reason,
            @Nullable Long plan,
            @Nullable Integer count) {
        Sync sync = syncs.find(name).orElse(null);
        if (sync == null) {
            return Answers.noSync(syncs, name);
        }
        SyncAction wanted = Words.read(SyncAction.class, action).orElse(null);
        if (wanted == null) {
            return Answers.badRequest(
                    "the action is one of %s, not %s".formatted(Words.list(SyncAction.class), action));
        }
        if (wanted.needsReason() && (reason == null || reason.isBlank())) {
            return Answers.noReason();
        }
        if (wanted == SyncAction.APPROVE && (plan == null || count == null)) {
            return Answers.badRequest(
                    "\"plan\" and \"count\" are missing: GET /actuator/syncs/%s shows the plan, and how many devices it would admit"
                            .formatted(name));
        }
        return take(wanted, sync, reason == null ? "" : reason.strip(), plan, count);
    }

    private WebEndpointResponse<Object> take(
            SyncAction action, Sync sync, String reason, @Nullable Long plan, @Nullable Integer count) {
        String refusal;
        try {
            refusal = switch (action) {
                case RUN -> control.run(sync, false, reason);
                case PLAN -> control.run(sync, true, reason);
                case PAUSE -> control.pause(sync, reason);
                case RESUME -> control.resume(sync, reason);
                case RELEASE -> control.release(sync, reason);
                case APPROVE ->
                    control.approve(sync, Objects.requireNonNull(plan), Objects.requireNonNull(count), reason);
            };
        } catch (PlanChanged e) {
            refusal = e.getMessage();
        }
        if (refusal != null) {
            return Answers.conflict("%s of sync %s is not possible: %s".formatted(action.word(), sync.name(), refusal));
        }
        onDemand.wake(sync);
        return Answers.accepted(views.of(sync));
    }
}
