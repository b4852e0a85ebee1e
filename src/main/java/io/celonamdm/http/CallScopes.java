package io.celonamdm.http;

import io.celonamdm.esim.SyncName;
import io.celonamdm.http.CallScope.Purpose;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The threads of this process that work for a sync. */
@Component
public class CallScopes {
    private static final ThreadLocal<@Nullable CallScope> CURRENT = new ThreadLocal<>();

    private final Set<CallScope> scopes = ConcurrentHashMap.newKeySet();

    CallScopes() {}

    /** Binds this thread to a sync. */
    public void enter(SyncName sync, Purpose purpose) {
        leave();
        CallScope scope = new CallScope(sync, purpose);
        CURRENT.set(scope);
        scopes.add(scope);
    }

    /** Ends the binding of this thread. */
    public void leave() {
        CallScope scope = CURRENT.get();
        if (scope != null) {
            CURRENT.remove();
            scopes.remove(scope);
        }
    }

    /** The scope of this thread; null if it works for no sync. */
    public static @Nullable CallScope current() {
        return CURRENT.get();
    }

    /** Wraps a task for another thread, so that it is part of what this thread does. */
    public static Runnable carriedInto(Runnable task) {
        CallScope scope = CURRENT.get();
        if (scope == null) {
            return task;
        }
        return () -> {
            scope.join();
            CURRENT.set(scope);
            try {
                task.run();
            } finally {
                CURRENT.remove();
                scope.leave();
            }
        };
    }

    /**
     * Records progress of this thread.
     *
     * @throws KnownFailure if its work was called off
     */
    public static void goesOn() {
        CallScope scope = CURRENT.get();
        if (scope != null) {
            scope.check();
            scope.getsOn();
        }
    }

    /**
     * Waits on this thread.
     *
     * @throws KnownFailure as soon as its work is called off
     */
    public static void pause(Duration time) throws InterruptedException {
        CallScope scope = CURRENT.get();
        // without a scope, this is a preflight, which only a person waits for
        (scope == null ? new CallScope(new SyncName(""), Purpose.WORK) : scope).pause(time);
    }

    /** All scopes in progress. */
    public Collection<CallScope> all() {
        return scopes;
    }

    /** The scopes in progress for a purpose of a sync. */
    public Stream<CallScope> of(SyncName sync, Purpose purpose) {
        return scopes.stream()
                .filter(each -> each.purpose() == purpose && each.sync().equals(sync));
    }
}
