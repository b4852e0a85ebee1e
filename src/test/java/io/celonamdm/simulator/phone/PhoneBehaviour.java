package io.celonamdm.simulator.phone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a phone behaves when it gets a command. */
public final class PhoneBehaviour {
    private final List<Runnable> whenOnline = new ArrayList<>();
    private boolean online = true;
    private boolean unsupported;
    private int notNow;
    private int busy;
    private Duration downloadDelay = Duration.ofMillis(50);

    /** Switches it on or off; when it comes online it takes the commands that waited. */
    public void online(boolean now) {
        List<Runnable> waiting = new ArrayList<>();
        synchronized (this) {
            online = now;
            if (now) {
                waiting.addAll(whenOnline);
                whenOnline.clear();
            }
        }
        waiting.forEach(Runnable::run);
    }

    /** What waited for the phone is for an enrolment that is no more. */
    synchronized void erased() {
        whenOnline.clear();
    }

    /** Whether the MDM reaches it. */
    public synchronized boolean online() {
        return online;
    }

    /** How long it takes from the refresh to the installed eSIM. */
    public synchronized PhoneBehaviour downloadDelay(Duration delay) {
        downloadDelay = delay;
        return this;
    }

    /** How long it takes from the refresh to the installed eSIM. */
    public synchronized Duration downloadDelay() {
        return downloadDelay;
    }

    /** Answers NOT_NOW n times before it takes a command. */
    public synchronized PhoneBehaviour notNow(int times) {
        notNow = times;
        return this;
    }

    /** Answers the next n commands with error 36003, then it is fine. */
    public synchronized PhoneBehaviour busy(int times) {
        busy = times;
        return this;
    }

    /** Answers each command with error 36002, or no longer. */
    public synchronized PhoneBehaviour unsupported(boolean now) {
        unsupported = now;
        return this;
    }

    synchronized PhoneAnswer answer() {
        if (notNow > 0) {
            notNow--;
            return PhoneAnswer.NOT_NOW;
        }
        if (unsupported) {
            return PhoneAnswer.UNSUPPORTED;
        }
        if (busy > 0) {
            busy--;
            return PhoneAnswer.BUSY;
        }
        return PhoneAnswer.ACKNOWLEDGED;
    }

    void whenOnline(Runnable action) {
        synchronized (this) {
            if (!online) {
                whenOnline.add(action);
                return;
            }
        }
        action.run();
    }
}
