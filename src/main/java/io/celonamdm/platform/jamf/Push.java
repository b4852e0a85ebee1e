package io.celonamdm.platform.jamf;

import io.celonamdm.device.PushOrder;
import io.celonamdm.device.PushOrder.Target;
import io.celonamdm.device.PushOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An order in progress: first earlier commands are searched for, then active ones, and one call sends the others. What
 * that call's answer leaves open is looked up.
 */
public final class Push {
    private final PushOrder order;
    private final Map<String, PushOutcome> outcomes = new LinkedHashMap<>();
    private Set<String> ids = Set.of();
    private List<Target> sentTo = List.of();
    private Instant sentAt = Instant.MAX;
    private boolean checked;

    Push(PushOrder order) {
        this.order = order;
    }

    /** Whether the status of commands is polled. */
    public boolean isQuestion() {
        return order.isQuestion();
    }

    /** Whether there may be commands of an earlier call. */
    public boolean isDoubtful() {
        return order.targets().stream().anyMatch(Target::unanswered);
    }

    /** Whether there are devices to send a command to. */
    public boolean isSending() {
        return !open().isEmpty();
    }

    /** Whether a command was sent that is not known to be one device's. */
    public boolean isUnmatched() {
        return checked || !open().isEmpty();
    }

    /** The outcomes so far. */
    public List<PushOutcome> getOutcomes() {
        return List.copyOf(outcomes.values());
    }

    PushOrder order() {
        return order;
    }

    /** The devices that an earlier call may have sent a command to. */
    List<Target> unanswered() {
        return order.targets().stream().filter(Target::unanswered).toList();
    }

    /** The devices without an outcome. */
    List<Target> open() {
        return order.targets().stream()
                .filter(target -> !outcomes.containsKey(target.eid()))
                .toList();
    }

    /** The management ids of devices, each once. */
    static List<String> managementIds(List<Target> targets) {
        return new ArrayList<>(
                targets.stream().map(Target::managementId).distinct().toList());
    }

    void settle(PushOutcome outcome) {
        outcomes.putIfAbsent(outcome.eid(), outcome);
    }

    // not sending(): Camel may take that for the property of the same name, and fails then
    void begins(Instant now) {
        sentTo = open();
        sentAt = now;
    }

    /** The devices that the command was sent to. */
    List<Target> sentTo() {
        return sentTo;
    }

    /** The time just before the call that sends. */
    Instant sentAt() {
        return sentAt;
    }

    /**
     * Takes what the call's answer says.
     *
     * @param commands the ids of the commands sent
     * @param look whether to look them up, although the answer may say which is whose
     */
    void sent(Set<String> commands, boolean look) {
        ids = commands;
        checked = look;
    }

    /** The ids of the commands sent, as far as the answer has them. */
    Set<String> ids() {
        return ids;
    }
}
