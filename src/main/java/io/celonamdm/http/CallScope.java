package io.celonamdm.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does for a sync, so that another can call it off: no further call is made then, and one under way that
 * only reads is broken off. A call that writes ends by its own deadline, so that its answer is known.
 */
public final class CallScope {
    private static final List<String> DATABASE = List.of("org.h2.", "org.postgresql.", "com.zaxxer.");

    private final String sync;
    private final Purpose purpose;
    private final Thread thread = Thread.currentThread();
    private final long began = System.nanoTime();
    private volatile long seen = began;
    private @Nullable Failure calledOff;
    private @Nullable Failure writesStopped;
    private @Nullable OutgoingCall call;
    private boolean callWrites;

    /** What a thread is there for. */
    public enum Purpose {
        /** It fires a sync: plans, and hands out work. */
        FIRING,
        /** It pulls the inventory, beside the work. */
        PULL,
        /** It does one item of work. */
        WORK
    }

    /** Begins, at this thread. */
    public CallScope(String sync, Purpose purpose) {
        this.sync = sync;
        this.purpose = purpose;
    }

    /** The name of the sync. */
    public String sync() {
        return sync;
    }

    /** What its thread is there for. */
    public Purpose purpose() {
        return purpose;
    }

    /** The thread gets on. */
    public void getsOn() {
        seen = System.nanoTime();
    }

    /** How long the thread has not got on. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - seen);
    }

    /** How long the thread has been at it. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Makes no further call.
     *
     * @param why what each of them fails with
     * @param whatever whether a call under way that writes is broken off as well
     */
    public synchronized void callOff(Failure why, boolean whatever) {
        calledOff = why;
        if (call != null && (whatever || !callWrites)) {
            call.stop(why.reason());
        }
        notifyAll();
    }

    /** Why it was called off; null if it was not. */
    public synchronized @Nullable Failure calledOff() {
        return calledOff;
    }

    /** Makes no further call that writes; each fails with the given reason. */
    public synchronized void stopWrites(Failure why) {
        writesStopped = why;
    }

    /**
     * A call is about to be made.
     *
     * @throws KnownFailure if it was called off
     */
    synchronized void calls(OutgoingCall next, boolean writes) {
        check();
        if (writes && writesStopped != null) {
            throw new KnownFailure(writesStopped);
        }
        call = next;
        callWrites = writes;
        getsOn();
    }

    /**
     * Lets the thread go on.
     *
     * @throws KnownFailure if it was called off
     */
    public synchronized void check() {
        if (calledOff != null) {
            throw new KnownFailure(calledOff);
        }
    }

    /**
     * Waits, in a state in which the thread counts as getting on.
     *
     * @throws KnownFailure as soon as it is called off
     */
    public synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            check();
            wait(Math.min(left, 1000));
            getsOn();
        }
        check();
    }

    /**
     * Wakes the thread from whatever it waits for, but never out of the ledger: an interrupted thread takes the file of H2
     * away from all others.
     */
    public void wake() {
        if (!isAtLedger(thread)) {
            thread.interrupt();
        }
    }

    /** Whether a thread is in the middle of asking the ledger, or waits for its turn to. */
    public static boolean isAtLedger(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> DATABASE.stream().anyMatch(name::startsWith));
    }
}
