package io.celonamdm.operations.command;

import org.apache.camel.Component;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.core.env.ConfigurableEnvironment;

/** Keeps the scheduler from starting during a preflight, so that no work starts and no notices are sent. */
@org.springframework.stereotype.Component
class NoSchedule implements ComponentCustomizer {
    private final boolean preflight;

    NoSchedule(ConfigurableEnvironment environment) {
        preflight = Command.of(environment)
                .filter(command -> command.kind() == Command.Kind.PREFLIGHT)
                .isPresent();
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return preflight && target instanceof QuartzComponent;
    }

    @Override
    public void configure(String name, Component target) {
        ((QuartzComponent) target).setAutoStartScheduler(false);
    }
}
