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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What people decide. */
final class People {
    private static final String WHY = "a person of the story";

    private final Replicas replicas;
    private final World world;
    private final Story story;
    /** EIDs that a person has taken out of the connector's hands. */
    final Set<String> handled = new TreeSet<>();
    /** Devices that a person had told again, which may fail. */
    final Set<String> pushed = new TreeSet<>();
    /** EIDs whose eSIM a person says to have seen. */
    final Set<String> confirmed = new TreeSet<>();

    People(Replicas replicas, World world, Story story) {
        this.replicas = replicas;
        this.world = world;
        this.story = story;
    }

    void decide(Event event) {
        Product product = replicas.asked();
        int number = event.subject() % product.syncs().size();
        Sync sync = product.syncs().get(number);
        try {
            switch (event.what()) {
                case APPROVE ->
                    product.syncControl
                            .approvable(sync)
                            .ifPresent(plan -> product.syncControl.take(
                                    SyncAction.APPROVE, sync, WHY, plan.run(), plan.devices()));
                case RUN, PLAN -> {
                    product.syncControl.take(SyncAction.valueOf(event.what().name()), sync, WHY);
                    world.runsBeside++;
                }
                case PAUSE -> {
                    product.syncControl.take(SyncAction.PAUSE, sync, WHY);
                    paused(number);
                }
                case RESUME -> {
                    world.stops.remove(number);
                    product.syncControl.take(SyncAction.RESUME, sync, WHY);
                }
                case LEAVE_QUARANTINE -> product.syncControl.take(SyncAction.RELEASE, sync, WHY);
                case CANCEL -> cancel(product, number, sync);
                case REDRIVE -> product.deadLetterControl.redrive(sync, null, null, WHY);
                case GIVE_UP, ADOPT, RELEASE -> doubt(product, event, sync);
                case SETTINGS -> change(event);
                case LOOK -> product.lookControl.soon(sync);
                default -> device(product, event);
            }
        } catch (RequestRejected e) {
            // as an operator would be told
        }
    }

    private void paused(int sync) {
        world.stops.put(sync, new World.Stop("the sync is paused", () -> false));
    }

    private void cancel(Product product, int number, Sync sync) {
        String name = sync.name().value();
        Long open = product.ledger
                .sql("select max(id) from run where closed_at is null and sync = :sync")
                .param("sync", name)
                .query(Long.class)
                .optional()
                .orElse(null);
        if (open == null) {
            return;
        }
        product.syncControl.cancel(open, WHY);
        if (count("sync where stopped = 'PAUSED' and name = :value", name)) {
            paused(number);
        } else {
            String later = "run where id > %d and not plan_only and sync = :value".formatted(open);
            world.stops.put(number, new World.Stop("the run was cancelled", () -> count(later, name)));
        }
    }

    private boolean count(String rows, String value) {
        return replicas.asked()
                        .ledger
                        .sql("select count(*) from " + rows)
                        .param("value", value)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void doubt(Product product, Event event, Sync sync) {
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

    private void device(Product product, Event event) {
        List<Map<String, Object>> rows = product.ledger
                .sql("select sync, eid from device order by id")
                .query()
                .listOfRows();
        if (rows.isEmpty()) {
            return;
        }
        Map<String, Object> row = rows.get(event.subject() % rows.size());
        Sync sync = product.sync(row.get("sync"));
        String eid = String.valueOf(row.get("eid"));
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
            boolean retired = count("device where eid = :value and place = 'RETIRED'", eid);
            if (retired) {
                world.allowed.merge(eid, 1, Integer::sum);
            }
        }
        product.deviceControl.take(action, sync, eid, WHY, DeviceControl.CONFIRMATION);
        if (action == DeviceAction.HOLD || action == DeviceAction.RETIRE) {
            handled.add(eid);
        }
        if (action == DeviceAction.RETIRE) {
            // its EID is free for good: another tenant that shows the phone gives it another eSIM
            world.allowed.merge(eid, 1, Integer::sum);
            world.celona.given.getOrDefault(eid, List.of()).stream()
                    .map(world.celona::find)
                    .filter(each -> each != null)
                    .forEach(People::deactivated);
        }
        if (action == DeviceAction.RELEASE) {
            handled.remove(eid);
        }
        if (action == DeviceAction.PUSH) {
            pushed.add(eid);
            world.toldAgainByHand(eid);
        }
        if (action == DeviceAction.CONFIRM) {
            confirmed.add(eid);
        }
    }

    private static void deactivated(Celona.Esim esim) {
        esim.active = false;
        esim.eid = "";
    }

    private void change(Event event) {
        Map<String, String> settings = new HashMap<>(story.settings());
        settings.put("celona.batch-size", String.valueOf(1 + event.subject() % 7));
        settings.put("device-name", event.subject() % 2 == 0 ? "{name}" : "{serial} {name}");
        settings.computeIfPresent(Tenants.PROFILE_VERSION, (key, version) -> String.valueOf(2 + event.subject() % 3));
        Stories.CHANGING.forEach(key -> {
            List<String> values = Objects.requireNonNull(Stories.SETTINGS.get(key));
            settings.put(key, values.get((event.subject() + key.length()) % values.size()));
        });
        replicas.all.forEach(each -> each.configure(story.tenants(), settings));
    }
}
