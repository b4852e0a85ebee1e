package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.operations.command.Command;
import io.celonamdm.operations.command.ExitCode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The connector without a process that stays. */
class CronJobTest {
    private final Manifests one = Chart.manifests(Chart.values("cronjob"));
    private final Manifests several = Chart.manifests(Chart.values("cronjobs"));

    @Test
    void eachSyncHasItsOwnAtItsTime() {
        assertThat(several.all(CronJob.class))
                .extracting(each -> each.getSpec().getSchedule())
                .containsExactly("@daily", "30 4 * * *");
        assertThat(several.all(CronJob.class))
                .extracting(each -> each.getSpec().getTimeZone())
                .containsExactly("Etc/UTC", "America/Los_Angeles");
        assertThat(several.container().getEnv())
                .filteredOn(each -> each.getName().equals("CONNECTOR_HTTP_REPLICAS"))
                .extracting(EnvVar::getValue)
                .containsExactly("2");
    }

    @Test
    void anUnfinishedNightIsNotRunBesideItself() {
        CronJobSpec spec = one.the(CronJob.class).getSpec();

        assertThat(spec.getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(spec.getJobTemplate().getSpec().getBackoffLimit()).isZero();
        assertThat(one.pod().getRestartPolicy()).isEqualTo("Never");
    }

    /** What the chart writes is what the connector reads. */
    @Test
    void theCommandLineIsUnderstood() {
        assertThat(command(one))
                .returns(Command.Kind.RUN, Command::kind)
                .returns("warehouse", Command::sync)
                .returns(Set.of(ExitCode.WAITING, ExitCode.PARTIAL), Command::ok);
        assertThat(command(several).ok()).containsExactly(ExitCode.WAITING);
    }

    @Test
    void nothingIsOpenAndNobodySignsIn() {
        assertThat(one.all(Service.class)).isEmpty();
        assertThat(one.all(Secret.class)).isEmpty();
        assertThat(one.all(Pod.class)).isEmpty();
        assertThat(one.container().getPorts()).isEmpty();
        assertThat(one.container().getLivenessProbe()).isNull();
        NetworkPolicy policy = one.the(NetworkPolicy.class);
        assertThat(policy.getSpec().getIngress()).isEmpty();
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    }

    private static Command command(Manifests release) {
        List<String> arguments = release.container().getArgs();
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        return Command.of(environment).orElseThrow();
    }
}
