package io.celonamdm.schedule;

import java.util.List;
import org.quartz.TriggerListener;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/** Registers the trigger listeners that may veto a firing. */
@Component
class TriggerListenerRegistrar implements SchedulerFactoryBeanCustomizer {
    private final List<TriggerListener> listeners;

    TriggerListenerRegistrar(List<TriggerListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void customize(SchedulerFactoryBean scheduler) {
        scheduler.setGlobalTriggerListeners(listeners.toArray(TriggerListener[]::new));
    }
}
