package io.celonamdm.rings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.celonamdm.database.TestDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.BootstrapWith;

/** {@code mvn test} is quick because none of its tests starts anything big, directly or indirectly. */
@AnalyzeClasses(packages = "io.celonamdm", importOptions = OnlyIncludeTests.class)
class RingsTest {
    @ArchTest
    static void whatStartsSomethingBigIsSlow(JavaClasses tests) {
        Map<String, String> untagged = new TreeMap<>();
        for (JavaClass test : tests) {
            if (hasTests(test) && !isSlow(test)) {
                Set<String> starts = started(test, tests);
                if (!starts.isEmpty()) {
                    untagged.put(test.getName(), String.join(", ", starts));
                }
            }
        }

        assertThat(untagged)
                .as("tests without @Slow that start a Spring context, a process, a browser or a server")
                .isEmpty();
    }

    /** Otherwise the rule would pass because it sees nothing. */
    @ArchTest
    static void theRuleSeesSlowTests(JavaClasses tests) {
        for (String seen :
                Set.of("night.RulesTest", "process.KilledNightTest", "platform.jamf.JamfPushTests", "night.PageTest")) {
            assertThat(started(tests.get("io.celonamdm." + seen), tests))
                    .as(seen)
                    .isNotEmpty();
        }
    }

    /** The engines of property tests and of architecture tests see no tag of JUnit's, and would run them in the first ring. */
    @ArchTest
    static final ArchRule slowTestsAreJupiters = classes()
            .that()
            .areAnnotatedWith(Slow.class)
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("net.jqwik..", "com.tngtech.archunit..");

    private static boolean isSlow(JavaClass test) {
        return test.getClassHierarchy().stream().anyMatch(each -> each.isAnnotatedWith(Slow.class));
    }

    private static boolean hasTests(JavaClass type) {
        return Stream.concat(type.getMethods().stream(), type.getFields().stream())
                .anyMatch(member -> member.isMetaAnnotatedWith(Testable.class));
    }

    /** Who starts something big, among a test and the test classes that it reaches. */
    private static Set<String> started(JavaClass test, JavaClasses tests) {
        Set<String> starting = new HashSet<>();
        Set<JavaClass> reached = new HashSet<>(Set.of(test));
        Deque<JavaClass> left = new ArrayDeque<>(reached);
        while (!left.isEmpty()) {
            JavaClass type = left.pop();
            if (type.isMetaAnnotatedWith(BootstrapWith.class)
                    || type.getAccessesFromSelf().stream().anyMatch(RingsTest::startsSomethingBig)) {
                starting.add(type.getName());
            }
            Stream.concat(
                            type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass),
                            type.getRawSuperclass().stream())
                    .filter(each -> tests.contain(each.getName()) && reached.add(each))
                    .forEach(left::push);
        }
        return starting;
    }

    private static boolean startsSomethingBig(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return switch (access.getName()) {
            case "start" -> owner.isEquivalentTo(ProcessBuilder.class);
            case "exec" -> owner.isEquivalentTo(Runtime.class);
            case "run" ->
                owner.isEquivalentTo(SpringApplication.class) || owner.isEquivalentTo(SpringApplicationBuilder.class);
            case "create" -> owner.isEquivalentTo(Playwright.class);
            case "createOnPostgres" -> !access.getOriginOwner().isEquivalentTo(TestDatabase.class);
            case JavaConstructor.CONSTRUCTOR_NAME -> owner.isAssignableTo(ApplicationContext.class);
            default -> false;
        };
    }
}
