package io.celonamdm.story;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.springframework.aop.framework.ProxyFactory;

/** The connector's scheduler, whose triggers of work the story fires. */
final class StoryTriggers {
    private final Map<TriggerKey, Trigger> set = new ConcurrentHashMap<>();

    Scheduler of(Scheduler real, Lives lives) {
        ProxyFactory proxy = new ProxyFactory(Scheduler.class, (MethodInterceptor) call -> {
            lives.check();
            Object[] arguments = call.getArguments();
            return switch (call.getMethod().getName()) {
                case "scheduleJob" ->
                    arguments.length == 1 && isWork(((Trigger) arguments[0]).getKey())
                            ? put((Trigger) arguments[0])
                            : call.proceed();
                case "rescheduleJob" ->
                    isWork((TriggerKey) arguments[0])
                            ? set.containsKey((TriggerKey) arguments[0]) ? put((Trigger) arguments[1]) : null
                            : call.proceed();
                case "getTrigger" ->
                    isWork((TriggerKey) arguments[0]) ? set.get((TriggerKey) arguments[0]) : call.proceed();
                case "unscheduleJob" ->
                    isWork((TriggerKey) arguments[0]) ? set.remove((TriggerKey) arguments[0]) != null : call.proceed();
                case "start", "startDelayed" -> null;
                default -> call.proceed();
            };
        });
        proxy.setTarget(real);
        return (Scheduler) proxy.getProxy();
    }

    private static boolean isWork(TriggerKey key) {
        return key.getGroup().equals("due") || key.getGroup().equals("on-demand");
    }

    private Date put(Trigger trigger) {
        Date first = Date.from(fires(trigger));
        ((org.quartz.spi.OperableTrigger) trigger).setNextFireTime(first);
        set.put(trigger.getKey(), trigger);
        return first;
    }

    private static Instant fires(Trigger trigger) {
        Instant start = trigger.getStartTime().toInstant();
        if (trigger instanceof CronTrigger cron) {
            Date fires = cron.getFireTimeAfter(Date.from(start.minusMillis(1)));
            return fires == null ? start : fires.toInstant();
        }
        return start;
    }

    void clear() {
        set.clear();
    }

    /** When the earliest of them fires, by the connector's clock. */
    Optional<Instant> next() {
        return set.values().stream().map(StoryTriggers::fires).min(Instant::compareTo);
    }

    /** Takes off those that fire now. */
    @Nullable
    TriggerKey fire(Instant now) {
        for (Map.Entry<TriggerKey, Trigger> each : set.entrySet()) {
            if (!fires(each.getValue()).isAfter(now)) {
                set.remove(each.getKey());
                return each.getKey();
            }
        }
        return null;
    }
}
