package io.celonamdm.work;

import io.celonamdm.celona.OpCode;
import io.celonamdm.esim.Step;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.Device;
import io.celonamdm.ledger.device.DueDevices;
import io.celonamdm.ledger.device.DueDevices.Alike;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.ledger.device.FollowUps;
import io.celonamdm.ledger.run.Run;
import io.celonamdm.plan.BackOff;
import io.celonamdm.recovery.Redriver;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.sync.CallSizes;
import io.celonamdm.sync.Platforms;
import io.celonamdm.sync.Sync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes due work from the ledger, in batches that fit the vendors' calls. */
@Component
public class DueWork {
    /** Devices reach ACTIVATE one by one; those due within this time share one CSV. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    /** No phone has its eSIM at once: this gives even the last device of a shared CSV a moment for its download. */
    public static final Duration FIRST_ACTIVATION = GATHER.plusSeconds(2);

    /** The most devices added to a static group in one call. */
    private static final int GROUP_CHUNK = 200;

    private final DueDevices devices;
    private final FollowUps followUps;
    private final EarlierCalls earlier;
    private final Platforms platforms;
    private final CallSizes sizes;
    private final Redriver redriver;
    private final Clock clock;

    DueWork(
            DueDevices devices,
            FollowUps followUps,
            EarlierCalls earlier,
            Platforms platforms,
            CallSizes sizes,
            Redriver redriver,
            Clock clock) {
        this.devices = devices;
        this.followUps = followUps;
        this.earlier = earlier;
        this.platforms = platforms;
        this.sizes = sizes;
        this.redriver = redriver;
        this.clock = clock;
    }

    /** Returns dead letters to work when their redrive is due. */
    public void redrive(Sync sync) {
        redriver.due(sync);
    }

    /**
     * Takes due work of one kind.
     *
     * @param room how many more items of the kind may be in flight
     */
    public List<Work> take(Sync sync, Work.Kind kind, @Nullable Run run, int room) {
        return take(sync, kind, run, room, sync.celona().batchSize(), devicesPerCall(sync));
    }

    /** Takes a probe: one call, for one device. */
    public List<Work> probe(Sync sync, Work.Kind kind, @Nullable Run run) {
        return take(sync, kind, run, 1, 1, 1);
    }

    /** The most devices that a call to the MDM may serve now. */
    public int devicesPerCall(Sync sync) {
        return sizes.size(sync, platforms.devicesPerCall(sync));
    }

    private List<Work> take(Sync sync, Work.Kind kind, @Nullable Run run, int room, int batch, int portion) {
        // a run that only plans makes no call that writes, so what becomes due meanwhile does not belong to it
        Long id = run == null || run.planOnly() ? null : run.id();
        Instant now = clock.instant();
        SyncName name = sync.name();
        return switch (kind) {
            case ASSIGN -> together(sync, kind, id, devices.take(name, Step.ASSIGN, Alike.PART, now, batch, id));
            case AWAIT -> together(sync, kind, id, devices.take(name, Step.AWAIT, Alike.REQUEST, now, batch, id));
            case PUSH -> toMdm(sync, kind, Step.PUSH, isTried(sync) ? 1 : room, portion, id);
            case CONFIRM -> toMdm(sync, kind, Step.CONFIRM, room, portion, id);
            case ACTIVATE ->
                together(
                        sync,
                        kind,
                        id,
                        oneOfFirstUse(
                                sync, devices.take(name, Step.ACTIVATE, Alike.OP_CODE, now.plus(GATHER), batch, id)));
            case ATTRIBUTE -> portions(sync, kind, id, 1, followUps(sync, PushWay.ATTRIBUTE, kind, room));
            case PROFILE -> together(sync, kind, id, followUps(sync, PushWay.PROFILE, kind, GROUP_CHUNK));
        };
    }

    /**
     * Takes due follow-ups, as far as the settings ask for them. They may have changed, and a device that another sync
     * had brings along what that one's settings asked for.
     */
    private List<Device> followUps(Sync sync, PushWay way, Work.Kind kind, int room) {
        FollowUps.Kind followUp = Objects.requireNonNull(kind.followUp());
        if (sync.mdm().push().contains(way)) {
            return followUps.take(sync.name(), followUp, room);
        }
        followUps.drop(sync.name(), followUp);
        return List.of();
    }

    /** Returns work that was taken but not begun. */
    public void putBack(Collection<Work> works) {
        if (!works.isEmpty()) {
            devices.putBack(works.stream().flatMap(work -> work.ids().stream()).toList());
        }
    }

    private static List<Work> together(Sync sync, Work.Kind kind, @Nullable Long run, List<Device> taken) {
        return taken.isEmpty() ? List.of() : List.of(new Work(sync, kind, taken, run));
    }

    /** Whether it is still unknown if the tenant takes several devices in one call; one such call tries it. */
    public boolean isTried(Sync sync) {
        return sizes.isTried(sync, platforms.devicesPerCall(sync));
    }

    private List<Work> toMdm(Sync sync, Work.Kind kind, Step step, int room, int portion, @Nullable Long run) {
        Instant now = clock.instant();
        IntFunction<Instant> until = attempts -> portion == 1 ? now : now.plus(gatheredWithin(sync, step, attempts));
        List<Device> taken = devices.take(sync.name(), step, Alike.ADDRESS, until, room * portion, run);
        // devices of a call that failed are sent in smaller ones, with others of that kind
        Map<Long, Integer> together = portion == 1 ? Map.of() : devices.pushedTogether(Device.ids(taken));
        NavigableMap<Integer, List<Device>> bySize = taken.stream()
                .collect(Collectors.groupingBy(
                        device -> Math.min(portion, together.getOrDefault(device.id(), portion)),
                        TreeMap::new,
                        Collectors.toList()));
        List<Work> works = new ArrayList<>();
        bySize.descendingMap().forEach((size, alike) -> works.addAll(portions(sync, kind, run, size, alike)));
        return works;
    }

    /**
     * How much earlier than due a command may be asked for, so that one call asks for many: a quarter of its wait, which
     * grows with its attempts. Jitter spreads waits over two fifths of their length.
     */
    private static Duration gatheredWithin(Sync sync, Step step, int attempts) {
        BackOff waits = step == Step.CONFIRM ? sync.confirm() : sync.provision();
        return waits.after(attempts).dividedBy(4);
    }

    /** The platform takes one device per call, or a few. */
    private static List<Work> portions(Sync sync, Work.Kind kind, @Nullable Long run, int size, List<Device> taken) {
        List<Work> works = new ArrayList<>();
        for (int from = 0; from < taken.size(); from += size) {
            works.add(new Work(sync, kind, taken.subList(from, Math.min(taken.size(), from + size)), run));
        }
        return works;
    }

    /** Limits the first use of an op code to one device, since the documents show its columns in two ways. */
    private List<Device> oneOfFirstUse(Sync sync, List<Device> taken) {
        if (taken.size() < 2 || earlier.hasUsed(sync.name(), opCode(sync, taken.get(0)))) {
            return taken;
        }
        devices.putBack(Device.ids(taken.subList(1, taken.size())));
        return taken.subList(0, 1);
    }

    /** The op code for the activation of a device. */
    static OpCode opCode(Sync sync, Device device) {
        OpCode own = device.opCode();
        return own == null ? sync.celona().opCode() : own;
    }

    /** The most items of a kind that may be in flight at once. */
    public int limit(Sync sync, Work.Kind kind) {
        int celona = sync.celona().maxConcurrency();
        return switch (kind) {
            // the first batch of a run or of the day after it goes alone, so that a common problem shows on one batch
            case ASSIGN -> earlier.hasAnswerInLatestRun(sync.name(), Step.ASSIGN) ? celona : 1;
            case ACTIVATE -> earlier.hasUsed(sync.name(), sync.celona().opCode()) ? celona : 1;
            case AWAIT -> celona;
            case PUSH, CONFIRM, ATTRIBUTE -> sync.mdm().maxConcurrency();
            case PROFILE -> 1;
        };
    }
}
