package io.celonamdm.story;

import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DeviceControl;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.control.SyncAction;
import io.celonamdm.ledger.device.InDoubt.Doubtful;
import io.celonamdm.story.world.Celona;
import io.celonamdm.story.world.World;
import io.celonamdm.sync.Sync;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people decide. */
final class People {
    private static final String WHY = "a person of the story";

    private final Product product;
    private final World world;
    private final Story story;
    /** EIDs that a person has taken out of the connector's hands. */
    final Set<String> handled = new TreeSet<>();
    /** EIDs whose eSIM a person says to have seen. */
    final Set<String> confirmed = new TreeSet<>();

    People(Product product, World world, Story story) {
        this.product = product;
        this.world = world;
        this.story = story;
    }

    void decide(Event event) {
        Sync sync = product.sync();
        try {
            switch (event.what()) {
                case APPROVE ->
                    product.syncControl
                            .approvable(sync)
                            .ifPresent(plan -> product.syncControl.take(
                                    SyncAction.APPROVE, sync, WHY, plan.run(), plan.devices()));
                case RUN -> product.syncControl.take(SyncAction.RUN, sync, WHY);
                case PLAN -> product.syncControl.take(SyncAction.PLAN, sync, WHY);
                case PAUSE -> {
                    product.syncControl.take(SyncAction.PAUSE, sync, WHY);
                    paused();
                }
                case RESUME -> {
                    world.wroteNothingBecause = null;
                    product.syncControl.take(SyncAction.RESUME, sync, WHY);
                }
                case LEAVE_QUARANTINE -> product.syncControl.take(SyncAction.RELEASE, sync, WHY);
                case CANCEL -> cancel();
                case REDRIVE -> product.deadLetterControl.redrive(sync, null, null, WHY);
                case GIVE_UP, ADOPT, RELEASE -> doubt(event, sync);
                case SETTINGS -> change(event);
                default -> device(event, sync);
            }
        } catch (RequestRejected e) {
            // as an operator would be told
        }
    }

    private void paused() {
        world.isOver = () -> false;
        world.wroteNothingBecause = "the sync is paused";
    }

    boolean isPaused() {
        return product.ledger
                        .sql("select count(*) from sync where stopped = 'PAUSED'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void cancel() {
        Long open = product.ledger
                .sql("select max(id) from run where closed_at is null")
                .query(Long.class)
                .optional()
                .orElse(null);
        if (open != null) {
            product.syncControl.cancel(open, WHY);
            if (isPaused()) {
                paused();
            } else {
                world.isOver = () -> product.ledger
                                .sql("select count(*) from run where id > :open and not plan_only")
                                .param("open", open)
                                .query(Long.class)
                                .single()
                        > 0;
                world.wroteNothingBecause = "the run was cancelled";
            }
        }
    }

    private void doubt(Event event, Sync sync) {
        List<Doubtful> all = product.inDoubt.list(sync.name());
        if (all.isEmpty()) {
            return;
        }
        Doubtful one = all.get(event.subject() % all.size());
        DoubtAction action = DoubtAction.valueOf(event.what().name());
        if (action == DoubtAction.RELEASE) {
            all.stream()
                    .filter(each -> each.entry() == one.entry())
                    .forEach(each -> world.allowed.merge(each.eid().value(), 1, Integer::sum));
        }
        product.doubtControl.decide(action, sync, one.entry(), null, null, WHY);
    }

    private void device(Event event, Sync sync) {
        String eid = eid(event.subject());
        if (eid == null) {
            return;
        }
        DeviceAction action = switch (event.what()) {
            case HOLD -> DeviceAction.HOLD;
            case UNHOLD -> DeviceAction.RELEASE;
            case RETIRE -> DeviceAction.RETIRE;
            case PUSH -> DeviceAction.PUSH;
            case SYNC -> DeviceAction.SYNC;
            case CONFIRM -> DeviceAction.CONFIRM;
            default -> throw new IllegalArgumentException(event.words());
        };
        if (action == DeviceAction.RELEASE) {
            boolean retired = product.ledger
                            .sql("select count(*) from device where eid = :eid and place = 'RETIRED'")
                            .param("eid", eid)
                            .query(Long.class)
                            .single()
                    > 0;
            if (retired) {
                world.allowed.merge(eid, 1, Integer::sum);
            }
        }
        product.deviceControl.take(action, sync, eid, WHY, DeviceControl.CONFIRMATION);
        if (action == DeviceAction.HOLD || action == DeviceAction.RETIRE) {
            handled.add(eid);
        }
        if (action == DeviceAction.RETIRE) {
            world.celona.given.getOrDefault(eid, List.of()).stream()
                    .map(world.celona::find)
                    .filter(each -> each != null)
                    .forEach(People::deactivated);
        }
        if (action == DeviceAction.RELEASE) {
            handled.remove(eid);
        }
        if (action == DeviceAction.CONFIRM) {
            confirmed.add(eid);
        }
    }

    private static void deactivated(Celona.Esim esim) {
        esim.active = false;
        esim.eid = "";
    }

    private @Nullable String eid(int subject) {
        List<String> eids = product.ledger
                .sql("select eid from device order by id")
                .query(String.class)
                .list();
        return eids.isEmpty() ? null : eids.get(subject % eids.size());
    }

    private void change(Event event) {
        Map<String, String> settings = new HashMap<>(story.settings());
        settings.put("celona.batch-size", String.valueOf(1 + event.subject() % 7));
        settings.put("device-name", event.subject() % 2 == 0 ? "{name}" : "{serial} {name}");
        product.configure(settings);
    }
}
