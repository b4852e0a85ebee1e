package io.celonamdm.platform.intune;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order in progress. Windows devices come first, because their calls may be repeated; then earlier commands are
 * searched for, and finally new ones are sent.
 */
public final class Push {
    private final PushOrder order;
    private final Map<String, PushOutcome> outcomes = new LinkedHashMap<>();
    private final Deque<Command> commands = new ArrayDeque<>();
    private boolean bulk;
    private boolean sent;

    /**
     * Devices that get the same command.
     *
     * @param url the address, spelled for their operating system
     * @param targets the devices
     */
    record Command(String url, List<Target> targets) {
        /** The Intune ids of the devices. */
        List<String> ids() {
            return targets.stream().map(Target::managementId).toList();
        }
    }

    Push(PushOrder order, boolean bulk) {
        this.order = order;
        this.bulk = bulk;
    }

    /** Whether the status of commands is polled. */
    public boolean isQuestion() {
        return order.isQuestion();
    }

    /** Whether there are Windows devices without an outcome. */
    public boolean isForWindows() {
        return !open(Platform.WINDOWS).isEmpty();
    }

    /** Whether there may be commands of an earlier call. */
    public boolean isDoubtful() {
        return !unanswered().isEmpty();
    }

    /** Whether there is a command to send. */
    public boolean isSending() {
        return !commands.isEmpty();
    }

    /** Whether the next command goes out in one call for all of its devices. */
    public boolean isBulk() {
        return bulk;
    }

    /** The outcomes so far. */
    public List<PushOutcome> getOutcomes() {
        return List.copyOf(outcomes.values());
    }

    PushOrder order() {
        return order;
    }

    /** The devices of a platform that have no outcome. */
    List<Target> open(Platform platform) {
        return order.targets().stream()
                .filter(target -> !outcomes.containsKey(target.eid()) && platform(target.device()) == platform)
                .toList();
    }

    // not doubtful(): Camel may take that for the property of the same name, and fails then
    List<Target> unanswered() {
        List<Target> doubtful = new ArrayList<>(open(Platform.IOS));
        doubtful.addAll(open(Platform.ANDROID));
        doubtful.removeIf(target -> !target.unanswered());
        return doubtful;
    }

    void settle(PushOutcome outcome) {
        outcomes.put(outcome.eid(), outcome);
        sent |= outcome instanceof PushOutcome.Sent;
    }

    void command(Command command) {
        commands.add(command);
    }

    Command command() {
        return commands.element();
    }

    void commanded() {
        commands.remove();
    }

    /** Switches to single commands, because Intune does not accept one for several devices. */
    void oneByOne() {
        bulk = false;
    }

    /** Whether a repetition of the whole order would send something again. */
    boolean hasSent() {
        return sent;
    }

    static Platform platform(MdmDevice device) {
        return Platform.of(device.os());
    }
}
