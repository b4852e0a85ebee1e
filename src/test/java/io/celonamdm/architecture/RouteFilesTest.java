package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route files are what an operator reads and a visual editor opens: short, valid, and calling what there is. */
class RouteFilesTest {
    private static Schema yamlDsl;
    private static Beans beans;

    @BeforeAll
    static void readWhatRoutesAreHeldAgainst() throws IOException {
        try (InputStream published = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            yamlDsl = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(Objects.requireNonNull(published));
        }
        beans = Beans.ofTheProduct();
    }

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsToThePublishedSchema(RouteFile file) {
        Map<String, String> refused = new TreeMap<>();
        yamlDsl.validate(file.text(), InputFormat.YAML)
                .forEach(each -> refused.merge(
                        each.getInstanceLocation().toString(), each.getMessage(), RouteFilesTest::clearest));

        assertThat(refused).isEmpty();
    }

    /** Of a place the schema says also, and at length, what else could have been there. */
    private static String clearest(String one, String other) {
        return Stream.of(one, other)
                .filter(each -> each.contains("expected"))
                .findFirst()
                .orElse(one);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isShort(RouteFile file) {
        assertThat(file.text().lines().count()).isLessThanOrEqualTo(120);
    }

    /** Camel's own report of a failure has some forty lines; the configurations that only renew a token leave it on. */
    @ParameterizedTest
    @MethodSource("files")
    void leavesNoFailureToCamelsLog(RouteFile file) {
        assertThat(file.text().lines())
                .noneMatch(line -> line.matches("\\s*routeConfigurationId: (jamf|intune|apple-business)"));
    }

    @Test
    void idsAreGivenOnce() {
        assertThat(files().stream().flatMap(each -> each.ids().stream()))
                .doesNotHaveDuplicates()
                .noneMatch(each -> each.endsWith("without an id"));
    }

    @Test
    void idsOfStepsAreGivenOnce() {
        assertThat(files().stream()
                        .flatMap(each -> each.steps().stream())
                        .map(Step::id)
                        .filter(each -> !each.isEmpty()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCallToTheOutsideHasAnId(RouteFile file) {
        assertThat(file.steps())
                .isNotEmpty()
                .filteredOn(Step::leavesTheProcess)
                .noneMatch(each -> each.id().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyBeanAndMethodExists(RouteFile file) {
        assertThat(file.calls()).allMatch(each -> beans.has(each.getKey(), each.getValue()));
    }
}
