package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader itself: what an API server would refuse, it must. */
class StrictModelTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  enableServiceLinks: false
                  containers:
                    - name: a
                      image: b
                      ports: [{containerPort: 8080}]
                      env: [{name: C, value: "1"}]
                      resources: {limits: {memory: 1Gi}}
            """;

    @Test
    void readsWhatIsRight() {
        assertThat(StrictModel.read(DEPLOYMENT).getKind()).isEqualTo("Deployment");
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({
        "replicas: 1, replicaz: 1",
        "containerPort: 8080, containerPrt: 8080",
        "memory: 1Gi, memory: banana",
        "replicas: 1, replicas: many",
        "'value: \"1\"', value: 1",
        "enableServiceLinks: false, 'enableServiceLinks: \"false\"'",
        "image: b, image: [b]",
        "apiVersion: apps/v1, apiVersion: apps/v2",
        "kind: Deployment, kind: Deploiment",
        "image: b, 'image: b\n          image: c'",
    })
    void refusesWhatIsWrong(String right, String wrong) {
        assertThat(DEPLOYMENT).contains(right);

        assertThatThrownBy(() -> StrictModel.read(DEPLOYMENT.replace(right, wrong)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void saysWhereAnUnknownFieldIs() {
        assertThatThrownBy(() -> StrictModel.read(DEPLOYMENT.replace("containerPort", "containerPrt")))
                .hasMessageContaining(".spec.template.spec.containers[0].ports[0].containerPrt");
    }
}
