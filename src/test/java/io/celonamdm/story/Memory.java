package io.celonamdm.story;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;

/** What the connector's beans remember, which a process that is killed forgets. */
final class Memory {
    private final List<Runnable> forgets = new ArrayList<>();

    /** Takes what the beans of a connector remember now for what they know after a start. */
    Memory(ConfigurableApplicationContext application, Class<?>... lasting) {
        SingletonBeanRegistry beans = application.getBeanFactory();
        for (String name : beans.getSingletonNames()) {
            Object bean = Objects.requireNonNull(beans.getSingleton(name));
            Object target = AopProxyUtils.getSingletonTarget(bean);
            remember(target == null ? bean : target, List.of(lasting));
        }
    }

    private void remember(Object bean, List<Class<?>> lasting) {
        if (lasting.contains(bean.getClass())) {
            return;
        }
        Class<?> type = bean.getClass();
        while (type != null && type != Object.class) {
            if (type.getName().startsWith("io.celonamdm.") && !type.getName().startsWith("io.celonamdm.story.")) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        remember(bean, field);
                    }
                }
            }
            type = type.getSuperclass();
        }
    }

    private void remember(Object bean, Field field) {
        field.setAccessible(true);
        Object value = value(bean, field);
        if (!Modifier.isFinal(field.getModifiers())) {
            forgets.add(() -> set(bean, field, value));
        } else if (value instanceof Map<?, ?> map && map.isEmpty()) {
            remember(map::clear);
        } else if (value instanceof Collection<?> collection && collection.isEmpty()) {
            remember(collection::clear);
        }
    }

    private void remember(Runnable clear) {
        try {
            clear.run();
            forgets.add(clear);
        } catch (UnsupportedOperationException e) {
            // never anything but empty
        }
    }

    private static @Nullable Object value(Object bean, Field field) {
        try {
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Object bean, Field field, @Nullable Object value) {
        try {
            field.set(bean, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets all of it. */
    void forget() {
        forgets.forEach(Runnable::run);
    }
}
