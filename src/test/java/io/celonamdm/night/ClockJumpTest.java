package io.celonamdm.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.celonamdm.firing.Sweeper;
import io.celonamdm.schedule.ClockWatch;
import io.celonamdm.schedule.Nights;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import io.celonamdm.simulator.phone.PhoneFleet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A clock that jumps during a night, as when a virtual machine resumes or its time is set. */
@Import(ClockJumpTest.Jumps.class)
@TestPropertySource(properties = "connector.syncs.warehouse.mdm.push=command")
class ClockJumpTest extends NightTest {
    private static final PhoneFleet FLEET = new PhoneFleet(23);
    private static final Simulation SIMULATION = Simulation.start(FLEET);
    private static final Duration DAY = Duration.ofDays(1);

    /** More calls of one kind for one phone than that are a storm. */
    private static final int STORM = 20;

    @Autowired
    CamelContext camel;

    @Autowired
    ClockWatch watch;

    @Autowired
    Sweeper sweeper;

    @Autowired
    Nights nights;

    @Autowired
    Clock clock;

    /** The connector's clock, and a scheduler that is on time by it although Quartz reads the machine's. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Jumps {
        // made before any bean is post-processed
        @Bean
        @Primary
        static Clock jumpingClock() {
            return new JumpingClock(Clock.systemUTC());
        }

        @Bean
        static BeanPostProcessor jumps() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Scheduler scheduler ? onTime(scheduler) : bean;
                }
            };
        }

        private static Trigger onTime(Trigger trigger, Date fires) {
            return TriggerBuilder.newTrigger()
                    .withIdentity(trigger.getKey())
                    .forJob(trigger.getJobKey())
                    .startAt(Date.from(JumpingClock.machineTime(fires.toInstant())))
                    .build();
        }

        private static Object onTime(Scheduler scheduler) {
            NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor((MethodInterceptor) call -> {
                Object[] arguments = call.getArguments();
                int last = arguments.length - 1;
                if (arguments[last] instanceof SimpleTrigger trigger) {
                    arguments[last] = onTime(trigger, trigger.getStartTime());
                } else if (arguments[last] instanceof CronTrigger trigger
                        && trigger.getKey().getGroup().equals("due")) {
                    arguments[last] = onTime(trigger, trigger.getFireTimeAfter(trigger.getStartTime()));
                }
                return call.proceed();
            });
            advisor.setMappedNames("scheduleJob", "rescheduleJob");
            ProxyFactory proxy = new ProxyFactory();
            proxy.addInterface(Scheduler.class);
            proxy.setTarget(scheduler);
            proxy.addAdvisor(advisor);
            return proxy.getProxy();
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        settings(registry, SIMULATION);
        SIMULATION.celona().stock(100);
    }

    @AfterAll
    static void stop() {
        SIMULATION.close();
    }

    /** What the connector does each minute, by a clock that does not jump. */
    private void aMinuteLater() throws SchedulerException {
        nights.register(syncs.get(SYNC));
        watch.look();
        sweeper.sweep();
    }

    private static Phone newPhone() {
        Phone phone = FLEET.add("Phone " + (FLEET.phones().size() + 1));
        phone.behaviour().downloadDelay(Duration.ofMillis(20));
        return phone;
    }

    @ParameterizedTest
    @CsvSource({
        "PT5H,  POST, /assign-eid",
        "-PT5H, GET,  /mobile-devices/detail",
        "-PT5H, POST, /assign-eid",
        "-PT5H, GET,  /eid-status",
        "-PT5H, POST, /mdm/commands",
        "-PT5H, POST, /activation-from-file"
    })
    void everyDeviceGoesOnWithinAMinute(Duration jump, String method, String path) throws SchedulerException {
        Phone phone = newPhone();
        aMinuteLater();
        await().atMost(PATIENCE)
                .until(() -> runs.open(NAME).isEmpty()
                        && nextNight().isAfter(clock.instant())
                        && camel.getInflightRepository().size() == 0);
        SIMULATION.celona().log().clear();
        SIMULATION.jamf().log().clear();
        (path.startsWith("/m")
                        ? SIMULATION.jamf().faults()
                        : SIMULATION.celona().faults())
                .once(method, path, (request, endpoint) -> {
                    JumpingClock.jump(jump);
                    return endpoint.answer(request);
                });

        Instant before = clock.instant();
        assertThat(trigger.run(syncs.get(SYNC), false)).isTrue();
        await().atMost(PATIENCE)
                .until(() -> SIMULATION.celona().log().count(method, path)
                                        + SIMULATION.jamf().log().count(method, path)
                                > 0
                        && camel.getInflightRepository().size() == 0);
        assertThat(Duration.between(before, clock.instant())).isBetween(jump, jump.plus(PATIENCE));
        aMinuteLater();

        await("%s at %s".formatted(jump, path))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> runs.open(NAME).isEmpty() && whereIs(phone).equals("DONE DONE"));
        assertThat(SIMULATION.celona().truth().iccidsOf(phone.eid())).hasSize(1);
        assertThat(SIMULATION.celona().log().count("POST", "/assign-eid")).isEqualTo(1);
        assertThat(SIMULATION.celona().log().count("GET", "/eid-status")).isLessThan(STORM);
        assertThat(SIMULATION.celona().log().count("POST", "/activation-from-file"))
                .isLessThan(STORM);
        assertThat(SIMULATION.jamf().log().count("GET", "/mobile-devices/detail"))
                .isLessThan(STORM);
        assertThat(jdbc.sql("select count(*) from journal where state = 'INTENDED'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aNightIsNotMissed() throws SchedulerException {
        aMinuteLater();
        long before = nightlyRuns();

        JumpingClock.jump(DAY.multipliedBy(10));
        aMinuteLater();
        // shorter than Quartz takes to notice a trigger whose time had passed when it was set
        await().atMost(Duration.ofSeconds(40))
                .until(() -> nightlyRuns() == before + 1 && runs.open(NAME).isEmpty());
        assertThat(nextNight()).isAfter(clock.instant());

        JumpingClock.jump(DAY.multipliedBy(-10));
        aMinuteLater();
        assertThat(nextNight()).isBetween(clock.instant(), clock.instant().plus(DAY));
    }

    private Instant nextNight() {
        return nights.dueAt(syncs.get(SYNC)).orElseThrow();
    }

    private long nightlyRuns() {
        return jdbc.sql("select count(*) from run where cause = 'NIGHTLY'")
                .query(Long.class)
                .single();
    }
}
