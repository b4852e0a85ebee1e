package io.celonamdm.simulator.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The faults of a simulator, switchable at run time. If several match a request, the oldest applies until it is used
 * up, so a sequence of faults can be set in order.
 */
public final class Faults {
    private final List<Rule> rules = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private static final class Rule {
        private final String method;
        private final String pathPart;
        private final Fault fault;
        private int left;

        Rule(String method, String pathPart, int left, Fault fault) {
            this.method = method;
            this.pathPart = pathPart;
            this.left = left;
            this.fault = fault;
        }
    }

    Faults() {}

    /** A fault for the next n requests of a method (empty: any) whose path contains the given part. */
    public void times(int n, String method, String pathPart, Fault fault) {
        add(new Rule(method, pathPart, n, fault));
    }

    /** A fault for the next such request. */
    public void once(String method, String pathPart, Fault fault) {
        times(1, method, pathPart, fault);
    }

    /** A fault for all such requests until the faults are cleared. */
    public void always(String method, String pathPart, Fault fault) {
        times(Integer.MAX_VALUE, method, pathPart, fault);
    }

    /** Parks the next such request. */
    public Hold hold(String method, String pathPart, Hold.Point point) {
        Hold hold = new Hold(point);
        synchronized (this) {
            holds.add(hold);
        }
        once(method, pathPart, hold);
        return hold;
    }

    /** Removes all faults and releases what is parked. */
    public synchronized void clear() {
        rules.clear();
        holds.forEach(Hold::release);
        holds.clear();
    }

    Answer answer(Request request, Endpoint endpoint) {
        return next(request).apply(request, endpoint);
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    private synchronized Fault next(Request request) {
        for (Rule rule : rules) {
            if (rule.left > 0 && request.is(rule.method, rule.pathPart)) {
                rule.left--;
                return rule.fault;
            }
        }
        return (fine, endpoint) -> endpoint.answer(fine);
    }
}
