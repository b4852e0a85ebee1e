package io.celonamdm.sync;

import java.util.List;
import org.quartz.TriggerListener;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/** Has all who may put a firing back asked before it begins. */
@Component
class Vetoes implements SchedulerFactoryBeanCustomizer {
    private final List<TriggerListener> listeners;

    Vetoes(List<TriggerListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void customize(SchedulerFactoryBean scheduler) {
        scheduler.setGlobalTriggerListeners(listeners.toArray(TriggerListener[]::new));
    }
}
