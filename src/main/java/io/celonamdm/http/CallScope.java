package io.celonamdm.http;

import io.celonamdm.esim.SyncName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The work of one thread for a sync, or of several that it hands calls to, which another thread can cancel. A cancelled
 * thread makes no further call, and a call in progress that only reads is aborted. A call that writes ends by its own
 * deadline, so that its answer is known; a pull writes nothing, whatever the method of its calls.
 */
public final class CallScope {
    private static final List<String> DATABASE = List.of("org.h2.", "org.postgresql.", "com.zaxxer.");

    private final SyncName sync;
    private final Purpose purpose;
    /** Its threads, each with its latest call. */
    private final Map<Thread, Optional<Call>> threads = new HashMap<>();

    private final long began = System.nanoTime();
    private volatile long seen = began;
    private @Nullable Failure calledOff;

    private record Call(OutgoingCall outgoing, boolean writes) {}

    /** The purpose of a thread. */
    public enum Purpose {
        /** Fires a sync: plans, and hands out work. */
        FIRING,
        /** Pulls the inventory, beside the work. */
        PULL,
        /** Processes one work item. */
        WORK
    }

    /** Begins on this thread. */
    public CallScope(SyncName sync, Purpose purpose) {
        this.sync = sync;
        this.purpose = purpose;
        join();
    }

    /** Makes this thread one of its threads. */
    synchronized void join() {
        threads.put(Thread.currentThread(), Optional.empty());
    }

    /** Removes this thread from its threads. */
    synchronized void leave() {
        threads.remove(Thread.currentThread());
    }

    /** The name of the sync. */
    public SyncName sync() {
        return sync;
    }

    /** The purpose of its thread. */
    public Purpose purpose() {
        return purpose;
    }

    /** Records progress of the thread. */
    public void getsOn() {
        seen = System.nanoTime();
    }

    /** Time since the last progress of the thread. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - seen);
    }

    /** Time since the thread began. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Cancels all further calls.
     *
     * @param why the failure of each of them
     * @param whatever whether to abort a call in progress that writes as well
     */
    public synchronized void callOff(Failure why, boolean whatever) {
        calledOff = why;
        boolean all = whatever || purpose == Purpose.PULL;
        threads.values().stream()
                .flatMap(Optional::stream)
                .filter(call -> all || !call.writes)
                .forEach(call -> call.outgoing.stop(why.reason()));
        notifyAll();
    }

    /** Why it was cancelled; null if it was not. */
    public synchronized @Nullable Failure calledOff() {
        return calledOff;
    }

    /**
     * Checks before each call.
     *
     * @throws KnownFailure if it was called off
     */
    synchronized void calls(OutgoingCall next, boolean writes) {
        check();
        threads.put(Thread.currentThread(), Optional.of(new Call(next, writes)));
        getsOn();
    }

    /**
     * Checks whether the thread may continue.
     *
     * @throws KnownFailure if it was called off
     */
    public synchronized void check() {
        if (calledOff != null) {
            throw new KnownFailure(calledOff);
        }
    }

    /**
     * Waits; the waiting thread counts as making progress.
     *
     * @throws KnownFailure as soon as it is cancelled
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
     * Interrupts its threads wherever they wait, except in the ledger: an interrupt there would close H2's file for all
     * threads.
     */
    public void wake() {
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads.keySet());
        }
        all.stream().filter(thread -> !isAtLedger(thread)).forEach(Thread::interrupt);
    }

    /** Whether a thread is accessing the ledger, or waits to do so. */
    public static boolean isAtLedger(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> DATABASE.stream().anyMatch(name::startsWith));
    }
}
