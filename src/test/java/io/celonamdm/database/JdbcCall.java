package io.celonamdm.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** One call of a connection or statement, which a test may have fail or answer itself. */
public final class JdbcCall {
    private final Object target;
    private final Method method;
    private final @Nullable Object @Nullable [] arguments;

    private JdbcCall(Object target, Method method, @Nullable Object @Nullable [] arguments) {
        this.target = target;
        this.method = method;
        this.arguments = arguments;
    }

    /** What a test makes of a call. */
    @FunctionalInterface
    public interface Interceptor {
        /** Answers the call, with or without making it. */
        @Nullable
        Object answer(JdbcCall call) throws Throwable;
    }

    /** A connection or statement whose calls all go through the interceptor. */
    public static <T> T intercepted(Class<T> type, T target, Interceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                JdbcCall.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> interceptor.answer(new JdbcCall(target, method, arguments))));
    }

    /** Whether it is a call of the method with this name. */
    public boolean is(String name) {
        return method.getName().equals(name);
    }

    /** The statement that it prepares, if it prepares one. */
    public @Nullable String prepares() {
        return is("prepareStatement") && arguments != null ? (String) arguments[0] : null;
    }

    /** Whether it says how, beyond the statement that it prepares. */
    public boolean hasOptions() {
        return method.getParameterCount() > 1;
    }

    /** Makes the call. */
    public @Nullable Object proceed() throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
